package io.reconciler.engine.door;

import static java.util.stream.Collectors.joining;

import java.sql.SQLException;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.component.sql.DefaultSqlEndpoint;
import org.apache.camel.component.sql.DefaultSqlPrepareStatementStrategy;
import org.apache.camel.spring.boot.CamelContextConfiguration;

/**
 * Lets camel-sql look for the parameters of a statement once, not each time that it is carried out:
 * that took 2 % of a run. Lists as parameters, whose number is another one each time, are none of
 * ours.
 */
final class PreparedStatements extends DefaultSqlPrepareStatementStrategy
    implements CamelContextConfiguration {

  private static final Pattern LIST = Pattern.compile(":[#?]in:");

  /** What Camel itself takes for a parameter, once it has put its own sign for ours. */
  private static final Pattern PARAMETER =
      Pattern.compile(":\\?(?:in:)?(?:\\w+|\\$(?:simple)?\\{[^}]+})");

  private final Map<String, Known> statements = new ConcurrentHashMap<>();

  /** A statement as it is sent, and its parameters in their order. */
  private record Known(String prepared, String parameters) {

    static Known of(String query, String prepared) {
      String found =
          PARAMETER.matcher(query).results().map(MatchResult::group).collect(joining(" "));
      return new Known(prepared, found.isEmpty() ? query : found);
    }
  }

  @Override
  public void beforeApplicationStart(CamelContext camel) {
    camel.getCamelContextExtension().registerEndpointCallback(this::use);
  }

  @Override
  public void afterApplicationStart(CamelContext camel) {
    // Nothing to do.
  }

  @Override
  public String prepareQuery(String query, boolean named, Exchange exchange) throws SQLException {
    Known known = named ? statements.get(query) : null;
    if (known != null) {
      return known.prepared();
    }
    String prepared = super.prepareQuery(query, named, exchange);
    if (named && !LIST.matcher(query).find()) {
      statements.put(query, Known.of(query, prepared));
    }
    return prepared;
  }

  /** Their values; only the parameters are read of a statement, which are a tenth of it. */
  @Override
  public Iterator<?> createPopulateIterator(
      String query, String prepared, int expected, Exchange exchange, Object value)
      throws SQLException {
    Known known = statements.get(query);
    return super.createPopulateIterator(
        known == null ? query : known.parameters(), prepared, expected, exchange, value);
  }

  private Endpoint use(String uri, Endpoint endpoint) {
    if (endpoint instanceof DefaultSqlEndpoint statement
        && statement.getPrepareStatementStrategy() == null) {
      statement.setPrepareStatementStrategy(this);
    }
    return endpoint;
  }
}
