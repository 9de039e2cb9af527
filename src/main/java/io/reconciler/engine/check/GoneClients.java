package io.reconciler.engine.check;

import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.MappingSet;
import io.reconciler.side.postgres.SqlFile;
import io.reconciler.side.postgres.statement.Columns;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Finds rows whose client was deleted, or made again under another id: each run refuses them. */
final class GoneClients {

  private static final String ROWS = SqlFile.read("rows-of-gone-clients");

  private final JdbcClient jdbc;
  private final MappingSet mappings;

  GoneClients(JdbcClient jdbc, MappingSet mappings) {
    this.jdbc = jdbc;
    this.mappings = mappings;
  }

  /** A line for each table and client; reads each table once. */
  List<CheckLine> lines() {
    return mappings.inOrder().stream()
        .filter(mapping -> mapping.postgres().client() != null)
        .flatMap(this::lines)
        .toList();
  }

  private Stream<CheckLine> lines(Mapping mapping) {
    Columns columns = new Columns(mapping, mappings);
    String client = columns.rowClient("l").substring(2);
    String sql =
        ROWS.replace("${client}", client)
            .replace("${table}", columns.table())
            .replace("${linked}", columns.linked("l"));
    return jdbc.sql(sql).query(Gone.class).list().stream()
        .map(gone -> gone.line(mapping, columns.table(), client));
  }

  /**
   * A client that is not there.
   *
   * @param count how many rows are its
   * @param heir the id of the one active client that they could be of; empty when that is not clear
   */
  record Gone(String id, long count, String heir) {

    CheckLine line(Mapping mapping, String table, String client) {
      return CheckLine.warning(
          DatabaseCheck.SCHEMA,
          "%d %s of %s %s to client %s, which is not in clients: each run refuses their records"
              .formatted(
                  count,
                  count == 1 ? "row" : "rows",
                  mapping.name(),
                  count == 1 ? "belongs" : "belong",
                  id),
          heir.isEmpty()
              ? "bring the client back under this id, or set " + client + " of these rows"
              : "if it was made again under another id: update %s set %s = '%s' where %s = '%s';"
                  .formatted(table, client, heir, client, id));
    }
  }
}
