package io.reconciler.bench;

import java.io.StringReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.postgresql.PGConnection;

/** The rows of the leads, written by other ways into a table of the same form. */
final class Baselines {

  private static final int PAGE = 100;

  private Baselines() {}

  /** Each way once, into an empty table. */
  static void measure(BenchSides sides, Results results, int leads) throws Exception {
    try (Connection connection = sides.connection()) {
      List<String> columns = columns(connection);
      List<Object[]> rows = rows(connection, columns);
      for (Way way : Way.values()) {
        empty(connection);
        long start = System.nanoTime();
        way.write(connection, columns, rows);
        double seconds = PullBench.since(start).toNanos() / 1e9;
        results.add(way.title, "records/s", leads / seconds);
      }
    }
  }

  private static void empty(Connection connection) throws SQLException {
    connection.setAutoCommit(true);
    try (Statement statement = connection.createStatement()) {
      statement.execute("drop table if exists bench_leads");
      statement.execute("create table bench_leads (like leads including all)");
    }
  }

  private static List<String> columns(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select * from leads limit 1")) {
      var data = row.getMetaData();
      return IntStream.rangeClosed(1, data.getColumnCount())
          .mapToObj(
              i -> {
                try {
                  return data.getColumnName(i);
                } catch (SQLException e) {
                  throw new IllegalStateException(e);
                }
              })
          .toList();
    }
  }

  private static List<Object[]> rows(Connection connection, List<String> columns)
      throws SQLException {
    List<Object[]> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select * from leads")) {
      while (row.next()) {
        Object[] values = new Object[columns.size()];
        for (int i = 0; i < values.length; i++) {
          values[i] = row.getObject(i + 1);
        }
        rows.add(values);
      }
    }
    return rows;
  }

  private static String upsert(List<String> columns, String from) {
    return "insert into bench_leads ("
        + String.join(", ", columns)
        + ") "
        + from
        + " on conflict (airtable_record_id) do update set "
        + columns.stream().map(c -> c + " = excluded." + c).collect(Collectors.joining(", "));
  }

  private static String marks(List<String> columns) {
    return "values (" + columns.stream().map(c -> "?").collect(Collectors.joining(", ")) + ")";
  }

  private static void bind(PreparedStatement statement, Object[] row) throws SQLException {
    for (int i = 0; i < row.length; i++) {
      statement.setObject(i + 1, row[i]);
    }
  }

  /** The ways. */
  enum Way {
    BATCHES("plain JDBC batches of 100, a transaction each") {
      @Override
      void write(Connection connection, List<String> columns, List<Object[]> rows)
          throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement statement =
            connection.prepareStatement(upsert(columns, marks(columns)))) {
          int waiting = 0;
          for (Object[] row : rows) {
            bind(statement, row);
            statement.addBatch();
            if (++waiting % PAGE == 0) {
              statement.executeBatch();
              connection.commit();
            }
          }
          statement.executeBatch();
          connection.commit();
        }
      }
    },
    COPY("COPY and one upsert") {
      @Override
      void write(Connection connection, List<String> columns, List<Object[]> rows)
          throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
          statement.execute("create temp table copied (like leads) on commit drop");
          StringBuilder text = new StringBuilder();
          for (Object[] row : rows) {
            for (int i = 0; i < row.length; i++) {
              text.append(i == 0 ? "" : "\t").append(escaped(row[i]));
            }
            text.append('\n');
          }
          connection
              .unwrap(PGConnection.class)
              .getCopyAPI()
              .copyIn(
                  "copy copied (" + String.join(", ", columns) + ") from stdin",
                  new StringReader(text.toString()));
          statement.execute(
              upsert(columns, "select " + String.join(", ", columns) + " from copied"));
          connection.commit();
        } catch (java.io.IOException e) {
          throw new IllegalStateException(e);
        }
      }
    },
    SINGLY("a select and an upsert for each record") {
      @Override
      void write(Connection connection, List<String> columns, List<Object[]> rows)
          throws SQLException {
        connection.setAutoCommit(true);
        int id = columns.indexOf("airtable_record_id");
        try (PreparedStatement look =
                connection.prepareStatement(
                    "select * from bench_leads where airtable_record_id = ?");
            PreparedStatement write =
                connection.prepareStatement(upsert(columns, marks(columns)))) {
          for (Object[] row : rows) {
            look.setObject(1, row[id]);
            look.executeQuery().close();
            bind(write, row);
            write.executeUpdate();
          }
        }
      }
    };

    private final String title;

    Way(String title) {
      this.title = title;
    }

    abstract void write(Connection connection, List<String> columns, List<Object[]> rows)
        throws SQLException;
  }

  private static String escaped(Object value) {
    return value == null
        ? "\\N"
        : value
            .toString()
            .replace("\\", "\\\\")
            .replace("\t", "\\t")
            .replace("\n", "\\n")
            .replace("\r", "\\r");
  }
}
