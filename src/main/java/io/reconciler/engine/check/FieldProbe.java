package io.reconciler.engine.check;

import io.reconciler.engine.failure.FailureText;
import io.reconciler.side.airtable.AirtableAnswer;
import io.reconciler.side.airtable.AirtableException;
import io.reconciler.side.airtable.AirtableRequest;
import io.reconciler.side.airtable.AirtableRequests;
import io.reconciler.side.airtable.FieldKeys;
import io.reconciler.side.airtable.RecordPage;
import io.reconciler.side.mapping.Mapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds fields that are not there by reading one record: for a token that may not see the schema.
 */
final class FieldProbe {

  /** So many records show what kind of values a field has. */
  private static final int SAMPLE = 100;

  private final Mapping mapping;
  private final Function<AirtableRequest, AirtableAnswer> airtable;

  FieldProbe(Mapping mapping, Function<AirtableRequest, AirtableAnswer> airtable) {
    this.mapping = mapping;
    this.airtable = airtable;
  }

  /** Airtable names one unknown field an answer, so it is asked again without that one. */
  List<CheckLine> missingFields(String baseId) {
    List<String> left = new ArrayList<>(TableRules.names(mapping));
    List<CheckLine> lines = new ArrayList<>();
    while (true) {
      try {
        lines.addAll(read(baseId, left, FieldKeys.asWritten(mapping.table())));
        lines.add(untyped(left.size()));
        return lines;
      } catch (RuntimeException e) {
        Optional<String> unknown = unknownField(e, left);
        if (unknown.isEmpty()) {
          lines.add(CheckLine.failed(TableRules.AREA, FailureText.of(e), ""));
          return lines;
        }
        lines.add(missing(unknown.get()));
        left.remove(unknown.get());
      }
    }
  }

  /**
   * Whether records with these fields, which are there, can be read, and which cells convert.
   *
   * @param filter the mapping's, null when it has none or what is wrong with it is known
   */
  List<CheckLine> records(
      String baseId, List<String> fields, FieldKeys keys, @Nullable String filter) {
    try {
      return read(baseId, fields, keys, filter);
    } catch (RuntimeException e) {
      return List.of(CheckLine.failed(TableRules.AREA, FailureText.of(e), ""));
    }
  }

  /** The same under the mapping's filter; throws what Airtable answered when they can't be read. */
  List<CheckLine> read(String baseId, List<String> fields, FieldKeys keys) {
    return read(baseId, fields, keys, mapping.filter());
  }

  private List<CheckLine> read(
      String baseId, List<String> fields, FieldKeys keys, @Nullable String filter) {
    try {
      return sample(baseId, fields, new AirtableRequests(keys, filter));
    } catch (AirtableException.Rejected e) {
      if (filter == null || !e.type().equals("INVALID_FILTER_BY_FORMULA")) {
        throw e;
      }
      List<CheckLine> lines = new ArrayList<>(sample(baseId, fields, new AirtableRequests(keys)));
      String problem = mapping.places().of("filter") + "the filter: " + FailureText.of(e);
      lines.add(FilterRules.refused(problem));
      return lines;
    }
  }

  private List<CheckLine> sample(String baseId, List<String> fields, AirtableRequests requests) {
    RecordPage page = requests.page(airtable.apply(requests.some(baseId, fields, SAMPLE)));
    List<CheckLine> lines = new ArrayList<>();
    lines.add(readable(page));
    lines.addAll(SampleRules.check(mapping, page.records()));
    return lines;
  }

  private CheckLine readable(RecordPage page) {
    String empty = page.records().isEmpty() ? "; there are none yet" : "";
    return CheckLine.ok(
        TableRules.AREA, "records of " + Names.quoted(mapping.table()) + " can be read" + empty);
  }

  private CheckLine missing(String name) {
    String place =
        mapping.airtableFields().stream()
            .filter(field -> name.equals(field.airtableField()))
            .map(field -> mapping.places().ofField(field.column(), "airtable_field"))
            .findFirst()
            .orElse(mapping.places().of("last_modified_field"));
    return CheckLine.failed(
        FieldRules.AREA,
        place + "no field " + Names.quoted(name),
        "give the field that name in Airtable, or its new name to the mapping");
  }

  private static CheckLine untyped(int count) {
    return CheckLine.warning(
        FieldRules.AREA,
        count
            + " fields are there; their types can't be checked without the scope "
            + BaseRules.SCHEMA,
        "add the scope " + BaseRules.SCHEMA + " to the token");
  }

  /** Whether Airtable answered that it has no such field. */
  static boolean isUnknownField(RuntimeException e) {
    return e instanceof AirtableException.Rejected rejected
        && rejected.type().equals("UNKNOWN_FIELD_NAME");
  }

  private static Optional<String> unknownField(RuntimeException e, List<String> asked) {
    if (!isUnknownField(e)) {
      return Optional.empty();
    }
    String message = String.valueOf(e.getMessage());
    return asked.stream()
        .filter(name -> message.contains("Unknown field name: " + Names.quoted(name)))
        .findFirst();
  }
}
