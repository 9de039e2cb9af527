package io.reconciler.engine.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.side.airtable.AirtableRecord;
import io.reconciler.side.mapping.Conversion.Kind;
import io.reconciler.side.mapping.Converted;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/** Says which cells of a sample of records would not convert. Pure. */
final class SampleRules {

  private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+\\.[^@\\s]+");

  private SampleRules() {}

  /** A line for each field with such cells. */
  static List<CheckLine> check(Mapping mapping, List<AirtableRecord> sample) {
    List<CheckLine> lines = new ArrayList<>();
    for (FieldMapping field : mapping.airtableFields()) {
      List<JsonNode> bad = new ArrayList<>();
      String reason = "";
      for (AirtableRecord record : sample) {
        JsonNode cell = record.cell(Objects.requireNonNull(field.airtableField()));
        if (cell != null && field.convert(cell) instanceof Converted.Failed failed) {
          reason = bad.isEmpty() ? failed.reason() : reason;
          bad.add(cell);
        }
      }
      if (!bad.isEmpty()) {
        lines.add(line(field, bad, reason, sample.size()));
      }
    }
    return lines;
  }

  private static CheckLine line(FieldMapping field, List<JsonNode> bad, String reason, int all) {
    boolean emails =
        bad.stream().allMatch(c -> c.isTextual() && EMAIL.matcher(c.asText().strip()).matches());
    String what =
        emails
            ? (bad.size() == 1 ? "is an e-mail address" : "are e-mail addresses")
            : (bad.size() == 1 ? "does" : "do") + " not convert (" + reason + ")";
    return CheckLine.warning(
        FieldRules.AREA,
        "%s: %d of %d %s, the column wants %s"
            .formatted(field.airtableField(), bad.size(), all, what, wanted(field)),
        "correct them in Airtable, or map another field: the column "
            + field.column()
            + " takes none of them, and each becomes a dead letter");
  }

  private static String wanted(FieldMapping field) {
    Kind kind = field.conversion().kind();
    return switch (kind) {
      case UUID -> "a UUID";
      case INTEGER -> "a whole number";
      case NUMBER -> "a number that fits " + field.type().sql();
      case DATE -> "a date";
      case OPTIONS -> "options";
      case PERSON -> "a person";
      case LINK -> "linked records";
      case BOOLEAN -> "a checkbox";
      case TIMESTAMP -> "a date and time";
      case CHOICE -> "one of its choices";
      case TEXT, TAGS, JSON, EXISTENCE -> "a " + field.type().sql();
    };
  }
}
