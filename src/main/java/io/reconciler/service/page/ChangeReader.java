package io.reconciler.service.page;

import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.MappingSet;
import io.reconciler.side.postgres.SqlFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads what runs changed. */
final class ChangeReader {

  private static final String OF_RUN = SqlFile.read("show-run-changes");
  private static final String OF_RECORD = SqlFile.read("show-record-changes");
  private static final int PART = 500;

  private final JdbcClient jdbc;
  private final RowReader rows;
  private final MappingSet mappings;

  ChangeReader(JdbcClient jdbc, RowReader rows, MappingSet mappings) {
    this.jdbc = jdbc;
    this.rows = rows;
    this.mappings = mappings;
  }

  /** So many changes of a run, in its order, after one of them. */
  List<ChangeView> ofRun(UUID run, long after, int limit) {
    return views(rowsOfRun(run, after, limit));
  }

  /** All of them, a part at a time. */
  void eachOfRun(UUID run, Consumer<ChangeView> reader) {
    long after = 0;
    List<ChangeRow> part;
    do {
      part = rowsOfRun(run, after, PART);
      views(part).forEach(reader);
      after = part.isEmpty() ? after : part.get(part.size() - 1).id();
    } while (part.size() == PART);
  }

  /** The latest changes of a record, the newest first. */
  List<ChangeView> ofRecord(String table, String recordId, int limit) {
    return views(
        jdbc.sql(OF_RECORD)
            .param("table", table)
            .param("record", recordId)
            .param("limit", limit)
            .query(ChangeRow::of)
            .list());
  }

  private List<ChangeRow> rowsOfRun(UUID run, long after, int limit) {
    return jdbc.sql(OF_RUN)
        .param("run", run)
        .param("after", after)
        .param("limit", limit)
        .query(ChangeRow::of)
        .list();
  }

  private List<ChangeView> views(List<ChangeRow> changes) {
    Map<String, Map<String, RowTitle>> titles = new HashMap<>();
    for (Mapping mapping : mappings.inOrder()) {
      List<String> ids =
          changes.stream()
              .filter(change -> change.table().equals(mapping.name()))
              .map(ChangeRow::recordId)
              .toList();
      titles.put(mapping.name(), rows.titles(mapping, ids));
    }
    List<ChangeView> views = new ArrayList<>();
    for (ChangeRow change : changes) {
      views.add(
          ChangeView.of(
              change,
              mappings.named(change.table()).orElse(null),
              titles.getOrDefault(change.table(), Map.of()).get(change.recordId())));
    }
    return views;
  }
}
