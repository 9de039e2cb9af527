package io.reconciler.engine.apply;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.engine.apply.plan.IncomingRecord;
import io.reconciler.engine.run.Run;
import io.reconciler.side.airtable.AirtableRecord;
import io.reconciler.side.mapping.Converted;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.UsualTime;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Converts Airtable records by the mapping; a bad field never holds up the other fields. */
public final class RecordConverter {

  private final Mapping mapping;
  private final List<FieldMapping> fields;
  private final Function<FieldMapping, List<String>> labels;

  /** Converts by this mapping; what is no label of an enum, PostgreSQL will refuse. */
  public RecordConverter(Mapping mapping) {
    this(mapping, field -> List.of());
  }

  private RecordConverter(Mapping mapping, Function<FieldMapping, List<String>> labels) {
    this.mapping = mapping;
    this.fields = mapping.airtableFields();
    this.labels = labels;
  }

  /** Converts for this run, which knows what the enums of its table can hold. */
  public static RecordConverter of(Run run) {
    return new RecordConverter(
        run.mapping(),
        field -> run.table().hasFields() ? run.table().fields().labels(field) : List.of());
  }

  /**
   * All mapped fields but those left out; {@code now} stands in for times that Airtable did not
   * give.
   */
  public IncomingRecord convert(AirtableRecord record, Set<String> leftOut, Instant now) {
    return convert(record, fields, leftOut, now);
  }

  /** The portal-owned fields alone, but for those left out. */
  public IncomingRecord convertPortalFields(
      AirtableRecord record, Set<String> leftOut, Instant now) {
    return convert(record, mapping.portalFields(), leftOut, now);
  }

  /** Those mapped fields alone that feed these columns. */
  public IncomingRecord convertOnly(AirtableRecord record, Set<String> columns, Instant now) {
    List<FieldMapping> some = fields.stream().filter(f -> columns.contains(f.column())).toList();
    return convert(record, some, Set.of(), now);
  }

  /**
   * When the record was last modified; when it was made, if it never was. Null when Airtable tells
   * neither, or a time that is none.
   */
  public @Nullable Instant modified(AirtableRecord record) {
    if (!mapping.hasModifiedField()) {
      return null;
    }
    JsonNode cell = record.cell(mapping.lastModifiedField());
    return cell == null ? record.createdTime() : instant(cell.asText());
  }

  private IncomingRecord convert(
      AirtableRecord record, List<FieldMapping> wanted, Set<String> leftOut, Instant now) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>(wanted.size() * 2);
    Map<String, Converted.Failed> failures = new LinkedHashMap<>();
    for (FieldMapping field : wanted) {
      if (leftOut.contains(field.column())) {
        continue;
      }
      Converted converted = field.convert(record.cell(airtableField(field)), labels.apply(field));
      if (converted instanceof Converted.Value value) {
        values.put(field.column(), value.value());
      } else if (converted instanceof Converted.Failed failed) {
        failures.put(field.column(), failed);
      }
    }
    Instant modified = Objects.requireNonNullElse(modified(record), now);
    Instant created = Objects.requireNonNullElse(record.createdTime(), modified);
    return new IncomingRecord(record.id(), created, modified, values, failures);
  }

  private static String airtableField(FieldMapping field) {
    return Objects.requireNonNull(field.airtableField());
  }

  // A date-only modified time is taken as the start of its day.
  private static @Nullable Instant instant(String text) {
    Instant usual = UsualTime.read(text);
    if (usual != null) {
      return usual;
    }
    try {
      return UsualTime.known(
          OffsetDateTime.parse(text.length() == 10 ? text + "T00:00:00Z" : text).toInstant());
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}
