package io.reconciler.service.page;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.PostgresTable;
import io.reconciler.side.postgres.Rows;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads rows of the mapped tables, whatever their columns are; names come from the mapping. */
final class RowReader {

  /** A search shows so many. */
  static final int FOUND = 50;

  private final JdbcClient jdbc;

  RowReader(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The rows of these records, by record id. */
  Map<String, JsonNode> rows(Mapping mapping, Collection<String> recordIds) {
    if (recordIds.isEmpty()) {
      return Map.of();
    }
    Map<String, JsonNode> rows = new HashMap<>();
    query(
            "select cast(to_jsonb(t) as text) from %s t where t.%s in (select jsonb_array_elements_text(cast(:ids as jsonb)))"
                .formatted(table(mapping), quoted(mapping.postgres().recordId())),
            Map.of("ids", Rows.array(List.copyOf(recordIds))))
        .forEach(row -> rows.put(row.path(mapping.postgres().recordId()).asText(), row));
    return rows;
  }

  /** Who or what these records are. */
  Map<String, RowTitle> titles(Mapping mapping, Collection<String> recordIds) {
    Map<String, JsonNode> rows = rows(mapping, recordIds);
    return recordIds.stream()
        .distinct()
        .collect(Collectors.toMap(id -> id, id -> RowTitle.of(mapping, id, rows.get(id))));
  }

  /** Rows whose record id or key this is, or whose name or e-mail holds it. */
  List<JsonNode> search(Mapping mapping, String text) {
    PostgresTable table = mapping.postgres();
    List<JsonNode> exact =
        query(
            "select cast(to_jsonb(t) as text) from %s t where t.%s = :text or cast(t.%s as text) = :text limit %d"
                .formatted(table(mapping), quoted(table.recordId()), quoted(table.key()), 2),
            Map.of("text", text));
    return exact.isEmpty() ? byName(mapping, text) : exact;
  }

  private List<JsonNode> byName(Mapping mapping, String text) {
    List<String> conditions = new ArrayList<>();
    String name =
        RowTitle.nameColumns(mapping).stream()
            .map(column -> "t." + quoted(column))
            .collect(Collectors.joining(", "));
    if (!name.isEmpty()) {
      conditions.add("concat_ws(' ', %s) ilike :like".formatted(name));
    }
    RowTitle.detailColumn(mapping)
        .ifPresent(column -> conditions.add("t.%s ilike :like".formatted(quoted(column))));
    return conditions.isEmpty()
        ? List.of()
        : query(
            "select cast(to_jsonb(t) as text) from %s t where %s limit %d"
                .formatted(table(mapping), String.join(" or ", conditions), FOUND),
            Map.of("like", "%" + escaped(text) + "%"));
  }

  private List<JsonNode> query(String sql, Map<String, ?> parameters) {
    return jdbc.sql(sql).params(parameters).query(String.class).list().stream()
        .map(Rows::parse)
        .toList();
  }

  // What stands for others in a pattern stands for itself here.
  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
  }

  private static String table(Mapping mapping) {
    return Stream.of(mapping.postgres().table().split("\\."))
        .map(RowReader::quoted)
        .collect(Collectors.joining("."));
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
