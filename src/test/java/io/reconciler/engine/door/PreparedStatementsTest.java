package io.reconciler.engine.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
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
          "select cast(:#${body.a} as jsonb) -> ':' from x where y = :#b and z::text = :#c"
        }) {
      for (boolean named : new boolean[] {true, false}) {
        String expected = camels.prepareQuery(query, named, exchange);
        assertThat(statements.prepareQuery(query, named, exchange)).isEqualTo(expected);
        assertThat(statements.prepareQuery(query, named, exchange)).isEqualTo(expected);
      }
    }
  }
}
