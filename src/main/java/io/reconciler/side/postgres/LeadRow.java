package io.reconciler.side.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.decide.GroupValues;
import io.reconciler.side.mapping.FieldGroup;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.PostgresTable;
import io.reconciler.side.mapping.StoredTime;
import io.reconciler.side.postgres.statement.AlteringColumns;
import io.reconciler.side.postgres.statement.Columns;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A lead as it stands in PostgreSQL.
 *
 * @param updatedAt without one that can be read, when it was made; without that, the epoch
 * @param badTime an {@code updated_at} that can't be read, as infinity; null as a rule
 * @param gone whether its record is known to be gone, of a table without a column that says so
 * @param values the mapped columns that were read, exactly as stored (not normalised)
 * @param altering the columns that may hold something else than is written into them
 * @param lapsed of those that stand as they were written, what PostgreSQL holds and would not make
 *     of them any more
 */
public record LeadRow(
    @Nullable UUID clientId,
    String recordId,
    Instant updatedAt,
    @Nullable String badTime,
    boolean gone,
    Map<String, @Nullable Object> values,
    Set<String> altering,
    Map<String, @Nullable Object> lapsed) {

  /** A lead whose times can be read. */
  public LeadRow(
      @Nullable UUID clientId,
      String recordId,
      Instant updatedAt,
      Map<String, @Nullable Object> values) {
    this(clientId, recordId, updatedAt, null, false, values, Set.of(), Map.of());
  }

  /** Reads a row written by {@code to_jsonb}; columns that are not in it are not in the values. */
  public static LeadRow of(JsonNode row, Mapping mapping) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (FieldMapping field : mapping.fields()) {
      JsonNode value = row.get(field.column());
      if (value != null) {
        values.put(field.column(), field.fromJson(value));
      }
    }
    PostgresTable table = mapping.postgres();
    JsonNode client = own(row, Columns.CLIENT, table.client());
    JsonNode updated = own(row, Columns.UPDATED, table.updatedAt());
    return new LeadRow(
        client.isTextual() ? UUID.fromString(client.asText()) : null,
        recordId(row, mapping),
        Stream.of(updated, own(row, Columns.CREATED, table.createdAt()))
            .map(StoredTime::read)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(Instant.EPOCH),
        badTime(updated),
        row.path(Columns.GONE).asBoolean(),
        values,
        altering(row.path(Columns.ALTERING)),
        Map.of());
  }

  /** Whether such a row has no time of an edit that can be read. */
  public static boolean isUntimed(JsonNode row, Mapping mapping) {
    return StoredTime.read(own(row, Columns.UPDATED, mapping.postgres().updatedAt())) == null;
  }

  public static String recordId(JsonNode row, Mapping mapping) {
    return own(row, Columns.RECORD, mapping.postgres().recordId()).asText();
  }

  // A row as it stands in its table has its own names for what the engine needs.
  private static JsonNode own(JsonNode row, String name, @Nullable String column) {
    return row.has(name) || column == null ? row.path(name) : row.path(column);
  }

  private static Set<String> altering(JsonNode names) {
    Set<String> altering = new HashSet<>();
    names.forEach(name -> altering.add(name.asText()));
    return altering;
  }

  /** The same lead with these columns and this time, as a plan would leave it. */
  public LeadRow planned(Instant time, Map<String, @Nullable Object> columns) {
    return new LeadRow(clientId, recordId, time, null, gone, columns, altering, lapsed);
  }

  /** Whether PostgreSQL may make the same of that column's value if it were written again. */
  public boolean mayAlter(String column, AlteredValue altered) {
    return isNarrow(column) || (!altered.narrow() && altering.contains(AlteringColumns.ANY));
  }

  /** Whether that column is narrower than the values that are for it. */
  public boolean isNarrow(String column) {
    return altering.contains(column);
  }

  /**
   * The lead as it was written: where a column holds what PostgreSQL made of a value, that value. A
   * portal-owned one must still be agreed on: else what the column holds is the portal's word.
   */
  public LeadRow asWritten(AgreedValues known, Mapping mapping) {
    if (known.altered().isEmpty()) {
      return this;
    }
    Map<String, @Nullable Object> written = new LinkedHashMap<>(values);
    Map<String, @Nullable Object> past = new LinkedHashMap<>();
    for (FieldMapping field : mapping.airtableFields()) {
      AlteredValue altered = known.altered().get(field.column());
      Object stands = values.get(field.column());
      if (altered != null
          && values.containsKey(field.column())
          && altered.isHeld(field, stands)
          && isAgreed(field, altered, known)) {
        written.put(field.column(), altered.written());
        if (!mayAlter(field.column(), altered)) {
          past.put(field.column(), stands);
        }
      }
    }
    return new LeadRow(clientId, recordId, updatedAt, badTime, gone, written, altering, past);
  }

  private static boolean isAgreed(FieldMapping field, AlteredValue altered, AgreedValues known) {
    GroupValues agreed = field.group() == null ? null : known.agreed().get(field.group());
    return field.group() == null
        || (agreed != null && altered.isOf(field, agreed.get(field.column())));
  }

  /** What a new row is compared with to see what is to be written. */
  public Map<String, @Nullable Object> toChange() {
    Map<String, @Nullable Object> all = new LinkedHashMap<>(values);
    all.putAll(lapsed);
    return all;
  }

  /** Whether its record exists in Airtable, as far as known. */
  public boolean isActive(Mapping mapping) {
    return mapping
        .existence()
        .map(field -> Boolean.TRUE.equals(values.get(field.column())))
        .orElse(!gone);
  }

  /** The normalised values of a field group. */
  public GroupValues group(FieldGroup group) {
    Map<String, @Nullable Object> normalised = new LinkedHashMap<>();
    for (FieldMapping field : group.fields()) {
      normalised.put(field.column(), field.normalise(values.get(field.column())));
    }
    return new GroupValues(normalised);
  }

  /** The leads of a result set whose rows hold one JSON value each, by record id. */
  public static Map<String, LeadRow> byRecord(List<JsonNode> rows, Mapping mapping) {
    Map<String, LeadRow> leads = new LinkedHashMap<>();
    rows.forEach(
        row -> {
          LeadRow lead = of(row, mapping);
          leads.put(lead.recordId(), lead);
        });
    return leads;
  }

  private static @Nullable String badTime(JsonNode time) {
    return time.isTextual() && StoredTime.read(time) == null ? time.textValue() : null;
  }
}
