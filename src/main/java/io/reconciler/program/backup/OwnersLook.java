package io.reconciler.program.backup;

import io.reconciler.side.postgres.SqlFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Finds out whose the rows of a backup are, and those of the database that it is for. */
final class OwnersLook {

  /** Each client that was ever reconciled is in one of them. */
  private static final Set<String> TABLES = Set.of("agreed_value", "run", "watermark");

  private static final String CLIENT = "client_id";
  private static final String BASE = "base_id";

  /** How COPY writes a null. */
  private static final String NULL = "\\N";

  private static final String CLIENTS = SqlFile.read("clients-here");
  private static final String HAS_CLIENTS = "select to_regclass('clients') is not null";
  private static final String USED =
      "select exists (select from reconciler.run) or exists (select from reconciler.agreed_value)";

  private OwnersLook() {}

  /**
   * Reads both; changes nothing.
   *
   * @throws BackupException when the file is damaged
   */
  static Owners at(BackupFile file, Connection connection) throws Exception {
    Map<String, String> backup = new TreeMap<>();
    for (Manifest.Table table : file.manifest().tables()) {
      if (TABLES.contains(table.name()) && table.columns().contains(CLIENT)) {
        file.read(table, rows -> read(table, rows, backup));
      }
    }
    return new Owners(backup, here(connection), used(connection));
  }

  // In the text form of COPY a row is a line, its values stand between tabs, and ids have neither.
  private static long read(Manifest.Table table, InputStream rows, Map<String, String> clients)
      throws IOException {
    int client = table.columns().indexOf(CLIENT);
    int base = table.columns().indexOf(BASE);
    long count = 0;
    BufferedReader lines = new BufferedReader(new InputStreamReader(rows, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      String[] values = line.split("\t", -1);
      if (values.length == table.columns().size()) {
        String known = base < 0 || values[base].equals(NULL) ? "" : values[base];
        clients.merge(values[client], known, OwnersLook::known);
      }
      count++;
    }
    return count;
  }

  private static String known(String before, String now) {
    return now.isEmpty() ? before : now;
  }

  private static Map<String, String> here(Connection connection) throws SQLException {
    Map<String, String> clients = new TreeMap<>();
    if ("t".equals(EngineTables.one(connection, HAS_CLIENTS))) {
      try (PreparedStatement statement = connection.prepareStatement(CLIENTS);
          ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          clients.put(rows.getString(1), rows.getString(2));
        }
      }
    }
    return clients;
  }

  private static boolean used(Connection connection) throws SQLException {
    return EngineTables.version(connection) != null
        && "t".equals(EngineTables.one(connection, USED));
  }
}
