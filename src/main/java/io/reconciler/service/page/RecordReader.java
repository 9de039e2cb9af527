package io.reconciler.service.page;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.MappingSet;
import io.reconciler.side.postgres.OneColumn;
import io.reconciler.side.postgres.SqlFile;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads what is known of one record: whose it is, its row, what was agreed on, its entries. */
final class RecordReader {

  private static final String AGREED = SqlFile.read("show-agreed");
  private static final String CLIENT = SqlFile.read("show-client");
  private static final String ENTRIES = SqlFile.read("show-record-entries");
  private static final String NAMED = SqlFile.read("client-by-base-or-id");

  private final JdbcClient jdbc;
  private final MappingSet mappings;
  private final RowReader rows;

  RecordReader(JdbcClient jdbc, MappingSet mappings, RowReader rows) {
    this.jdbc = jdbc;
    this.mappings = mappings;
    this.rows = rows;
  }

  /** An entry of a ledger about the record. */
  record Entry(String ledger, UUID id, Instant at, String about, String status, String text) {

    static Entry of(ResultSet row, int number) throws SQLException {
      return new Entry(
          row.getString("ledger"),
          Objects.requireNonNull(row.getObject("id", UUID.class)),
          Objects.requireNonNull(RunRow.instant(row, "at")),
          row.getString("about"),
          row.getString("status"),
          row.getString("text"));
    }
  }

  /**
   * Whose record it can be: all clients that have one of this id, or the one that was named. That
   * one may know nothing of it, as of a record that only Airtable has.
   */
  List<UUID> owners(Mapping mapping, String recordId, @Nullable String client) {
    String named = RunFilter.chosen(client);
    List<UUID> known =
        jdbc.sql(rows.owners(mapping))
            .param("record", recordId)
            .param("table", mapping.name())
            .param("client", named)
            .query(UUID.class)
            .list();
    return known.isEmpty() && named != null
        ? jdbc.sql(NAMED).param("client", named).query(UUID.class).list()
        : known;
  }

  /** Its row, with links as record ids. */
  Optional<JsonNode> row(Mapping mapping, @Nullable UUID owner, String recordId) {
    return rows.linked(mapping, mappings, owner == null ? null : owner.toString(), recordId);
  }

  /** What both sides last agreed on. */
  Optional<JsonNode> agreed(Mapping mapping, @Nullable UUID owner, String recordId) {
    return jdbc.sql(AGREED)
        .param("record", recordId)
        .param("table", mapping.name())
        .param("client", owner)
        .query(String.class)
        .optional()
        .map(OneColumn::parse);
  }

  /** Its conflicts and dead letters, the newest first. */
  List<Entry> entries(Mapping mapping, @Nullable UUID owner, String recordId) {
    return jdbc.sql(ENTRIES)
        .param("record", recordId)
        .param("table", mapping.name())
        .param("client", owner)
        .query(Entry::of)
        .list();
  }

  /** The client that it belongs to, as far as anybody knows. */
  Optional<JsonNode> client(
      Mapping mapping, @Nullable JsonNode row, @Nullable JsonNode known, @Nullable UUID owner) {
    return clientId(mapping, row, known, owner)
        .flatMap(
            id ->
                jdbc.sql(CLIENT)
                    .param("client", id)
                    .param("table", mapping.table())
                    .query(String.class)
                    .optional())
        .map(OneColumn::parse);
  }

  private static Optional<UUID> clientId(
      Mapping mapping, @Nullable JsonNode row, @Nullable JsonNode known, @Nullable UUID owner) {
    String column = mapping.postgres().client();
    if (row != null && column != null && row.hasNonNull(column)) {
      return Optional.of(UUID.fromString(row.path(column).asText()));
    }
    String agreed = known == null ? null : known.path("client").textValue();
    return agreed == null ? Optional.ofNullable(owner) : Optional.of(UUID.fromString(agreed));
  }

  /** The names of the clients, by id. */
  Map<String, String> clients() {
    Map<String, String> names = new HashMap<>();
    jdbc.sql("select cast(id as text) as id, company_name as name from clients")
        .query()
        .listOfRows()
        .forEach(row -> names.put(String.valueOf(row.get("id")), String.valueOf(row.get("name"))));
    return names;
  }
}
