package io.reconciler.service.page;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.postgres.RowStatements;
import io.reconciler.side.postgres.Rows;
import io.reconciler.side.postgres.SqlFile;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads rows of the mapped tables, whatever their columns are; names come from the mapping. */
final class RowReader {

  /** A search shows so many. */
  static final int FOUND = 50;

  private final JdbcClient jdbc;

  RowReader(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * The rows of these records, by record id.
   *
   * @param client whose they are, by id or base: another client's record may have the same id; null
   *     when that is not known
   */
  Map<String, JsonNode> rows(
      Mapping mapping, @Nullable String client, Collection<String> recordIds) {
    if (recordIds.isEmpty()) {
      return Map.of();
    }
    Map<String, JsonNode> rows = new HashMap<>();
    Map<String, @Nullable Object> parameters = new HashMap<>();
    parameters.put("ids", Rows.array(List.copyOf(recordIds)));
    parameters.put("client", client);
    query(new RowStatements(mapping).ofRecords(), parameters)
        .forEach(row -> rows.put(row.path(mapping.postgres().recordId()).asText(), row));
    return rows;
  }

  /** Who or what these records of a client are, by record id. */
  Map<String, RowTitle> titles(
      Mapping mapping, @Nullable String client, Collection<String> recordIds) {
    Map<String, JsonNode> rows = rows(mapping, client, recordIds);
    return recordIds.stream()
        .distinct()
        .collect(
            Collectors.toMap(id -> id, id -> RowTitle.of(mapping, id, rows.get(id)).of(client)));
  }

  /** The clients that have a record {@code :record} of {@code :table}; of {@code :client} alone. */
  String owners(Mapping mapping) {
    String owners = SqlFile.read("show-record-owners");
    return owners.replace("${rows}", new RowStatements(mapping).owners().orElse(""));
  }

  /** Rows whose record id or key this is, or whose name or e-mail holds it. */
  List<JsonNode> search(Mapping mapping, String text) {
    List<JsonNode> exact = query(new RowStatements(mapping).ofText(2), Map.of("text", text));
    return exact.isEmpty() ? byName(mapping, text) : exact;
  }

  private List<JsonNode> byName(Mapping mapping, String text) {
    return new RowStatements(mapping)
        .like(RowTitle.nameColumns(mapping), RowTitle.detailColumn(mapping), FOUND)
        .map(statement -> query(statement, Map.of("like", "%" + escaped(text) + "%")))
        .orElse(List.of());
  }

  private List<JsonNode> query(String sql, Map<String, ? extends @Nullable Object> parameters) {
    return jdbc.sql(sql).params(parameters).query(String.class).list().stream()
        .map(Rows::parse)
        .toList();
  }

  // What stands for others in a pattern stands for itself here.
  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
  }
}
