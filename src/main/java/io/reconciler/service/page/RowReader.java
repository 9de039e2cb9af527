package io.reconciler.service.page;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.MappingSet;
import io.reconciler.side.postgres.OneColumn;
import io.reconciler.side.postgres.SqlFile;
import io.reconciler.side.postgres.statement.RowStatements;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads rows of the mapped tables, whatever their columns are; names come from the mapping. */
final class RowReader {

  /** A search shows so many. */
  static final int FOUND = 50;

  /** Several clients can have a record of the same id; more than one is asked for its client. */
  private static final int SAME_ID = 2;

  private static final String KEY_TYPE = SqlFile.read("key-type");

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
    return rows(new RowStatements(mapping), mapping, client, recordIds);
  }

  /** The row of one record, if any; its links are record ids, as in Airtable. */
  Optional<JsonNode> linked(
      Mapping mapping, MappingSet mappings, @Nullable String client, String recordId) {
    RowStatements statements = new RowStatements(mapping, mappings);
    return Optional.ofNullable(rows(statements, mapping, client, List.of(recordId)).get(recordId));
  }

  private Map<String, JsonNode> rows(
      RowStatements statements,
      Mapping mapping,
      @Nullable String client,
      Collection<String> recordIds) {
    if (recordIds.isEmpty()) {
      return Map.of();
    }
    Map<String, JsonNode> rows = new HashMap<>();
    Map<String, @Nullable Object> parameters = new HashMap<>();
    parameters.put("ids", OneColumn.array(List.copyOf(recordIds)));
    parameters.put("client", client);
    query(statements.ofRecords(), parameters)
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
    RowStatements statements = new RowStatements(mapping);
    List<JsonNode> found = query(statements.ofRecord(SAME_ID), Map.of("text", text));
    if (found.isEmpty()) {
      found = byKey(mapping, statements, text);
    }
    return found.isEmpty() ? byName(mapping, statements, text) : found;
  }

  private List<JsonNode> byKey(Mapping mapping, RowStatements statements, String text) {
    String type =
        jdbc.sql(KEY_TYPE)
            .param("table", mapping.postgres().table())
            .param("key", mapping.postgres().key())
            .query(String.class)
            .optional()
            .orElse("");
    return SearchedKey.of(type, text)
        .map(key -> query(statements.ofKey(key.typed(), 1), Map.of("key", key.value())))
        .orElse(List.of());
  }

  private List<JsonNode> byName(Mapping mapping, RowStatements statements, String text) {
    boolean plain = text.chars().allMatch(letter -> letter < 128);
    return statements
        .holding(RowTitle.nameColumns(mapping), RowTitle.detailColumn(mapping), plain, FOUND)
        .map(statement -> query(statement, Map.of("text", text.toLowerCase(Locale.ROOT))))
        .orElse(List.of());
  }

  private List<JsonNode> query(String sql, Map<String, ? extends @Nullable Object> parameters) {
    return jdbc.sql(sql).params(parameters).query(String.class).list().stream()
        .map(OneColumn::parse)
        .toList();
  }
}
