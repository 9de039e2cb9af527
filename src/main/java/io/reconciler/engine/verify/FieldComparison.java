package io.reconciler.engine.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.reconciler.engine.apply.plan.IncomingRecord;
import io.reconciler.side.mapping.Converted;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.postgres.AgreedValues;
import io.reconciler.side.postgres.AlteredValue;
import io.reconciler.side.postgres.LeadRow;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares a record with its lead, normalised as the decision compares them. Pure. */
final class FieldComparison {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Mapping mapping;

  FieldComparison(Mapping mapping) {
    this.mapping = mapping;
  }

  /** Every field whose sides differ. */
  List<Difference> differences(IncomingRecord record, LeadRow lead, RecordStanding known) {
    Set<String> pending = pending(lead.asWritten(known.agreed(), mapping), known.agreed());
    List<Difference> differences = new ArrayList<>();
    for (FieldMapping field : mapping.airtableFields()) {
      Object portal = field.normalise(lead.values().get(field.column()));
      Converted.Failed failed = record.failures().get(field.column());
      boolean waits = field.group() != null && pending.contains(field.group());
      if (failed != null) {
        Cause cause = known.cause(field, waits, true);
        differences.add(
            difference(record, field, cell(failed), portal, waits, cause, failed.reason()));
        continue;
      }
      // Not there: the field is gone from Airtable, which is told once for all records.
      boolean there = record.values().containsKey(field.column());
      Object airtable = field.normalise(record.values().get(field.column()));
      if (there && !Objects.equals(airtable, portal)) {
        Cause cause =
            isAltered(field, airtable, lead, known)
                ? Cause.ALTERED
                : known.cause(field, waits, false);
        differences.add(
            difference(record, field, json(field, airtable), portal, waits, cause, null));
      }
    }
    return differences;
  }

  // What PostgreSQL made of just this value, and would make of it again.
  private static boolean isAltered(
      FieldMapping field, @Nullable Object airtable, LeadRow lead, RecordStanding known) {
    AlteredValue altered = known.agreed().altered().get(field.column());
    return altered != null
        && lead.mayAlter(field.column(), altered)
        && altered.isOf(field, airtable)
        && altered.isHeld(field, lead.values().get(field.column()));
  }

  // The groups that the portal changed since both sides agreed.
  private Set<String> pending(LeadRow lead, AgreedValues known) {
    Set<String> pending = new HashSet<>();
    mapping.groups().stream()
        .filter(group -> known.agreed().containsKey(group.name()))
        .filter(group -> !lead.group(group).equals(known.agreed().get(group.name())))
        .forEach(group -> pending.add(group.name()));
    return pending;
  }

  private static Difference difference(
      IncomingRecord record,
      FieldMapping field,
      JsonNode airtable,
      @Nullable Object portal,
      boolean pending,
      Cause cause,
      @Nullable String reason) {
    return new Difference(
        record.id(), field.column(), airtable, json(field, portal), pending, cause, reason);
  }

  private static JsonNode json(FieldMapping field, @Nullable Object value) {
    JsonNode json = field.toColumn(value);
    return json == null ? NullNode.getInstance() : json;
  }

  // A long cell was cut, and is no JSON any more.
  private static JsonNode cell(Converted.Failed failed) {
    try {
      return JSON.readTree(failed.raw());
    } catch (JsonProcessingException e) {
      return TextNode.valueOf(failed.raw());
    }
  }
}
