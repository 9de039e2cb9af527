package io.reconciler.engine.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.component.sql.DefaultSqlPrepareStatementStrategy;
import org.apache.camel.component.sql.SqlComponent;
import org.apache.camel.component.sql.SqlEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class PreparedStatementsTest {

  @Test
  void everyStatementOfARouteIsTakenApartOnce() throws Exception {
    PreparedStatements statements = new PreparedStatements();
    try (DefaultCamelContext camel = new DefaultCamelContext()) {
      SqlComponent component = new SqlComponent();
      component.setDataSource(new PGSimpleDataSource());
      camel.addComponent("sql", component);
      statements.beforeApplicationStart(camel);

      SqlEndpoint endpoint =
          camel.getEndpoint("sql:select 1 where 'a' = :#${body.a}", SqlEndpoint.class);

      assertThat(endpoint.getPrepareStatementStrategy()).isSameAs(statements);
      Exchange exchange = new DefaultExchange(camel);
      String once = statements.prepareQuery("select cast(:#${body.a} as text)", true, exchange);
      assertThat(statements.prepareQuery("select cast(:#${body.a} as text)", true, exchange))
          .isSameAs(once);
    }
  }

  @Test
  void statementsAreWhatCamelMakesOfThem() throws SQLException {
    PreparedStatements statements = new PreparedStatements();
    DefaultSqlPrepareStatementStrategy camels = new DefaultSqlPrepareStatementStrategy();
    Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    for (String query :
        new String[] {
          "select 1",
          "select :#${exchangeProperty.run.id}, ':#kept'",
          "select cast(:#${body.a} as jsonb) -> ':' from x where y = :#b and z::text = :#c",
          "select cast(:?${body.a} as jsonb) -> ':' from x where y = :?b and z::text = :?c"
        }) {
      for (boolean named : new boolean[] {true, false}) {
        String expected = camels.prepareQuery(query, named, exchange);
        assertThat(statements.prepareQuery(query, named, exchange)).isEqualTo(expected);
        assertThat(statements.prepareQuery(query, named, exchange)).isEqualTo(expected);
      }
    }
  }

  @Test
  void soAreTheirParameters() throws SQLException {
    PreparedStatements statements = new PreparedStatements();
    DefaultSqlPrepareStatementStrategy camels = new DefaultSqlPrepareStatementStrategy();
    Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    exchange.setProperty("run", Map.of("id", 7));
    Map<String, Object> body = Map.of("a", "A", "b", "B", "c", 3, "list", List.of(1, 2));
    exchange.getMessage().setBody(body);
    for (String query :
        new String[] {
          "select :?${exchangeProperty.run[id]}",
          "select '12:30', x::text, cast(:?${body[a]} as jsonb) -> ':' where y = :?b and z = :?c",
          "select :?a, :?${body[a]}, :?$simple{body[b]}, :?a",
          "select 1 where x in (:?in:list) and y in (:?in:${body[list]}) and z = :?a"
        }) {
      for (int i = 0; i < 2; i++) {
        List<Object> found = new ArrayList<>();
        List<Object> expected = new ArrayList<>();
        statements.prepareQuery(query, true, exchange);
        statements
            .createPopulateIterator(query, query, 1, exchange, body)
            .forEachRemaining(found::add);
        camels
            .createPopulateIterator(query, query, 1, exchange, body)
            .forEachRemaining(expected::add);
        assertThat(found.stream().map(PreparedStatementsTest::listed).toList())
            .isNotEmpty()
            .isEqualTo(expected.stream().map(PreparedStatementsTest::listed).toList());
      }
    }
  }

  /** The values of a list come one after the other. */
  private static Object listed(Object value) {
    if (value instanceof Iterator<?> values) {
      List<Object> all = new ArrayList<>();
      values.forEachRemaining(all::add);
      return all;
    }
    return value;
  }
}
