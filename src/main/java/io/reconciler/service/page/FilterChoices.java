package io.reconciler.service.page;

import io.reconciler.side.postgres.SqlFile;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What can be chosen in filters. */
final class FilterChoices {

  private static final String CLIENTS = SqlFile.read("client-choices");

  private final JdbcClient jdbc;

  FilterChoices(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  record Choice(String base, String name) {}

  List<Choice> clients() {
    return jdbc.sql(CLIENTS)
        .query((row, number) -> new Choice(row.getString("base_id"), row.getString("name")))
        .list();
  }
}
