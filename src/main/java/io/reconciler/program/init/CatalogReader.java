package io.reconciler.program.init;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.program.init.ExistingTables.Column;
import io.reconciler.program.init.ExistingTables.Table;
import io.reconciler.side.postgres.OneColumn;
import io.reconciler.side.postgres.SqlFile;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads what PostgreSQL holds already; changes nothing. */
public final class CatalogReader {

  private static final String TABLES = SqlFile.read("init-tables");
  private static final String NAMES = SqlFile.read("init-names");
  private static final String SCHEMA = SqlFile.read("init-schema");

  private CatalogReader() {}

  /** The catalog of this database, as its role and search path show it. */
  public static ExistingTables read(DataSource database) {
    JdbcClient jdbc = JdbcClient.create(database);
    List<Table> tables = jdbc.sql(TABLES).query((row, number) -> table(row)).list();
    List<String> names = jdbc.sql(NAMES).query(String.class).list();
    String schema = jdbc.sql(SCHEMA).query(String.class).single();
    return new ExistingTables(tables, schema, new HashSet<>(names));
  }

  private static Table table(ResultSet row) throws SQLException {
    List<Column> columns = new ArrayList<>();
    for (JsonNode column : OneColumn.parse(row.getString("columns"))) {
      columns.add(
          new Column(
              column.path("name").asText(),
              column.path("type").asText(),
              OneColumn.elements(column.path("labels")),
              column.path("not_null").asBoolean(),
              column.path("filled").asBoolean(),
              column.path("settable").asBoolean()));
    }
    List<List<String>> uniques = new ArrayList<>();
    OneColumn.parse(row.getString("uniques"))
        .forEach(index -> uniques.add(OneColumn.elements(index)));
    return new Table(
        row.getString("schema"),
        row.getString("name"),
        row.getBoolean("visible"),
        row.getBoolean("parted"),
        columns,
        uniques);
  }
}
