package io.reconciler.service.page;

import io.reconciler.side.mapping.MappingSet;
import io.reconciler.side.postgres.SqlFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads what runs changed. */
final class ChangeReader {

  private static final String OF_RUN = SqlFile.read("show-run-changes");
  private static final String OF_RECORD = SqlFile.read("show-record-changes");
  private static final int PART = 500;

  private final JdbcClient jdbc;
  private final RowReader rows;
  private final MappingSet mappings;
  private final LinkReader links;

  ChangeReader(JdbcClient jdbc, RowReader rows, LinkReader links, MappingSet mappings) {
    this.jdbc = jdbc;
    this.rows = rows;
    this.mappings = mappings;
    this.links = links;
  }

  /** So many changes of a run, in its order, after one of them. */
  List<ChangeView> ofRun(UUID run, long after, int limit) {
    List<ChangeRow> found = rowsOfRun(run, after, limit);
    return views(found);
  }

  /** All of them, a part at a time, with links as record ids. */
  void eachOfRun(UUID run, Consumer<ChangeView> reader) {
    long after = 0;
    List<ChangeRow> part;
    do {
      part = rowsOfRun(run, after, PART);
      views(part, titles(part), LinkNames.NONE).forEach(reader);
      after = part.isEmpty() ? after : part.get(part.size() - 1).id();
    } while (part.size() == PART);
  }

  /** The latest changes of a record, the newest first. */
  List<ChangeView> ofRecord(String table, @Nullable UUID client, String recordId, int limit) {
    List<ChangeRow> found =
        jdbc.sql(OF_RECORD)
            .param("table", table)
            .param("client", client)
            .param("record", recordId)
            .param("limit", limit)
            .query(ChangeRow::of)
            .list();
    return views(found);
  }

  private List<ChangeRow> rowsOfRun(UUID run, long after, int limit) {
    return jdbc.sql(OF_RUN)
        .param("run", run)
        .param("after", after)
        .param("limit", limit)
        .query(ChangeRow::of)
        .list();
  }

  /** Where records have ids of their own. */
  private record Place(UUID client, String table) {

    static Place of(ChangeRow change) {
      return new Place(change.client(), change.table());
    }
  }

  private List<ChangeView> views(List<ChangeRow> changes) {
    Map<Place, Map<String, RowTitle>> titles = titles(changes);
    return links.with(names -> views(changes, titles, names));
  }

  private Map<Place, Map<String, RowTitle>> titles(List<ChangeRow> changes) {
    Map<Place, Map<String, RowTitle>> titles = new HashMap<>();
    changes.stream()
        .collect(
            Collectors.groupingBy(
                Place::of, Collectors.mapping(ChangeRow::recordId, Collectors.toList())))
        .forEach(
            (place, ids) ->
                mappings
                    .named(place.table())
                    .map(mapping -> rows.titles(mapping, place.client().toString(), ids))
                    .ifPresent(found -> titles.put(place, found)));
    return titles;
  }

  private List<ChangeView> views(
      List<ChangeRow> changes, Map<Place, Map<String, RowTitle>> titles, LinkNames names) {
    List<ChangeView> views = new ArrayList<>();
    for (ChangeRow change : changes) {
      views.add(
          ChangeView.of(
              change,
              mappings.named(change.table()).orElse(null),
              titles.getOrDefault(Place.of(change), Map.of()).get(change.recordId()),
              names));
    }
    return views;
  }
}
