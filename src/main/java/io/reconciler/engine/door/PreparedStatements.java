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

  private static final String LIST = "#in:";

  /** What Camel itself takes for a parameter, once it has put its own sign for ours. */
  private static final Pattern PARAMETER =
      Pattern.compile(":\\?(?:in:)?(?:\\w+|\\$(?:simple)?\\{[^}]+})");

  private final Map<String, String> prepared = new ConcurrentHashMap<>();
  private final Map<String, String> parameters = new ConcurrentHashMap<>();

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
    if (!named || query.contains(LIST)) {
      return super.prepareQuery(query, named, exchange);
    }
    String known = prepared.get(query);
    if (known == null) {
      known = super.prepareQuery(query, true, exchange);
      prepared.put(query, known);
    }
    return known;
  }

  /** Their values; only the parameters are read of a statement, which are a tenth of it. */
  @Override
  public Iterator<?> createPopulateIterator(
      String query, String prepared, int expected, Exchange exchange, Object value)
      throws SQLException {
    String known = parameters.get(query);
    if (known == null) {
      String found =
          PARAMETER.matcher(query).results().map(MatchResult::group).collect(joining(" "));
      known = found.isEmpty() ? query : found;
      parameters.put(query, known);
    }
    return super.createPopulateIterator(known, prepared, expected, exchange, value);
  }

  private Endpoint use(String uri, Endpoint endpoint) {
    if (endpoint instanceof DefaultSqlEndpoint statement
        && statement.getPrepareStatementStrategy() == null) {
      statement.setPrepareStatementStrategy(this);
    }
    return endpoint;
  }
}
