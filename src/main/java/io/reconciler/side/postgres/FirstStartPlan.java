package io.reconciler.side.postgres;

import io.reconciler.settings.UsersTable;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.MappingSet;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Says what a first start makes in a database, before it does. Reads only. */
public final class FirstStartPlan {

  private static final String WHERE = "select current_database() || ' as ' || current_user";

  private final JdbcClient jdbc;
  private final Migrations migrations;
  private final PortalTables tables;
  private final boolean leads;

  /** A first start in this database. */
  public FirstStartPlan(DataSource database, Mapping mapping) {
    this(database, MappingSet.of(mapping), UsersTable.PORTALS);
  }

  /** The same, with users at another place. */
  public FirstStartPlan(DataSource database, MappingSet mappings, UsersTable users) {
    this.jdbc = JdbcClient.create(database);
    this.migrations = new Migrations(database, mappings, users);
    this.leads = mappings.leads().isPresent();
    this.tables = new PortalTables(database, users);
  }

  /** One line each; none when the engine was started here before. */
  public List<String> lines() {
    if (migrations.madeBefore()) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        "first start in the database %s: %s"
            .formatted(jdbc.sql(WHERE).query(String.class).single(), makes()));
    list().stream()
        .filter(PortalTables.Table::present)
        .forEach(table -> lines.add("it takes " + tables.described(table)));
    list().stream()
        .filter(PortalTables.Table::isElsewhere)
        .forEach(table -> lines.add(elsewhere(table)));
    return lines;
  }

  /** What a first start would make. */
  public String makes() {
    String missing =
        list().stream()
            .filter(table -> !table.present())
            .map(PortalTables.Table::place)
            .collect(Collectors.joining(", "));
    return "it makes the schema reconciler with the engine's own tables"
        + (missing.isEmpty() ? ", and nothing else" : ", and, since they are missing, " + missing);
  }

  /** That a table of this name is in another schema. */
  public static String elsewhere(PortalTables.Table table) {
    return "there is a table %s in another schema: %s; if it is the portal's, stop here and %s"
        .formatted(table.name(), table.elsewhere(), namedBy(table));
  }

  /** How to name the schema of a table. */
  public static String namedBy(PortalTables.Table table) {
    return "add ?schema=%s to DATABASE_URL".formatted(table.elsewhere().split(",")[0]);
  }

  // Whoever maps other tables needs none of leads.
  private List<PortalTables.Table> list() {
    return tables.list().stream().filter(table -> leads || !table.name().equals("leads")).toList();
  }
}
