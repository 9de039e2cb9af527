package io.reconciler.program.backup;

import io.reconciler.settings.UsersTable;
import io.reconciler.side.postgres.SqlFile;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tables of the engine's that a backup holds, as the database has them now. */
final class EngineTables {

  private static final String TABLES = SqlFile.read("backup-tables");
  private static final String VERSION = SqlFile.read("schema-version");
  private static final String MADE = "select to_regclass('reconciler.schema_history') is not null";

  private EngineTables() {}

  /** All but those that mean nothing later: permits, pauses, triggers, and who may sign in. */
  static List<Manifest.Table> list(Connection connection, UsersTable users) throws SQLException {
    List<Manifest.Table> tables = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(TABLES)) {
      statement.setString(1, "reconciler".equals(users.schema()) ? users.name() : "");
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          Array columns = rows.getArray(2);
          tables.add(
              new Manifest.Table(rows.getString(1), List.of((String[]) columns.getArray()), 0));
        }
      }
    }
    return tables;
  }

  /** The newest migration; null when the engine was never started here. */
  static @Nullable String version(Connection connection) throws SQLException {
    return "t".equals(one(connection, MADE)) ? one(connection, VERSION) : null;
  }

  /** The first column of the first row, as text. */
  static @Nullable String one(Connection connection, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet rows = statement.executeQuery()) {
      return rows.next() ? rows.getString(1) : null;
    }
  }
}
