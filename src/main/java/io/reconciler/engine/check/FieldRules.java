package io.reconciler.engine.check;

import io.reconciler.side.airtable.TableSchema.Field;
import io.reconciler.side.mapping.AirtableTypes;
import io.reconciler.side.mapping.Conversion;
import io.reconciler.side.mapping.Conversion.Kind;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Owner;
import java.util.List;

/** Says whether an Airtable field gives, and takes, what the column mapped to it holds. Pure. */
final class FieldRules {

  static final String AREA = "field";

  private FieldRules() {}

  /** The line of a field, and of what is said against it, if anything is. */
  static CheckLine check(FieldMapping mapped, Field field, String objection) {
    String start = field.name() + ": ";
    if (!AirtableTypes.known(field.type())) {
      return CheckLine.warning(
          AREA, start + "the type " + field.type() + " is not known here", retype(mapped));
    }
    String serves =
        start + field.described() + " for " + mapped.column() + " " + mapped.type().sql();
    if (!objection.isEmpty()) {
      return CheckLine.failed(AREA, serves + ": " + objection, mend(mapped, field));
    }
    String doubt = doubt(mapped, field);
    return doubt.isEmpty()
        ? CheckLine.ok(AREA, serves)
        : CheckLine.warning(AREA, serves + ": " + doubt, advice(mapped, field));
  }

  // Where the type is right, it is what the links point at.
  private static String mend(FieldMapping mapped, Field field) {
    return field.objection(mapped).isEmpty()
        ? "let it link to that table again in Airtable, or correct \"to\" of the column "
            + mapped.column()
            + " in the mapping"
        : retype(mapped);
  }

  /** Another type helps only where the type is what is wrong. */
  private static String advice(FieldMapping mapped, Field field) {
    Kind kind = mapped.conversion().kind();
    if (field.isBroken()) {
      return "correct the formula in Airtable";
    }
    if (kind == Kind.CHOICE && !unknownChoices(mapped.conversion(), field).isEmpty()) {
      return "add them to the choices of the column %s in the mapping, or rename them in Airtable"
          .formatted(mapped.column());
    }
    if (kind == Kind.INTEGER && !field.isComputed()) {
      return "let it have whole numbers only in Airtable, or give the column %s another field in the mapping"
          .formatted(mapped.column());
    }
    if (field.type().equals("singleSelect") && mapped.owner() == Owner.PORTAL) {
      return kind == Kind.CHOICE
          ? "add them in Airtable"
          : "add the options that the portal writes, or make it a single line of text in Airtable";
    }
    return retype(mapped);
  }

  private static String retype(FieldMapping mapped) {
    // Rich text holds any text, but not as it was written: only long text does.
    String type =
        "richText".equals(mapped.airtableType()) ? "multilineText" : mapped.airtableType();
    String remap = "give the column " + mapped.column() + " another field in the mapping";
    return type == null ? remap : "make it a " + type + " in Airtable, or " + remap;
  }

  /** What may go wrong although the type fits; empty when nothing will. */
  private static String doubt(FieldMapping mapped, Field field) {
    if (field.isBroken()) {
      return "its formula is not valid, so its cells are errors";
    }
    String reading = doubtReading(mapped.conversion(), field);
    return reading.isEmpty() && mapped.owner() == Owner.PORTAL
        ? doubtWriting(mapped, field)
        : reading;
  }

  private static String doubtReading(Conversion conversion, Field field) {
    return switch (conversion.kind()) {
      case INTEGER -> fractions(field);
      case TIMESTAMP ->
          field.valueType().equals("date")
              ? "it has no time of day, midnight UTC is taken"
              : field.isText() ? "of texts only ISO-8601 times convert" : "";
      case CHOICE -> unknownChoices(conversion, field);
      default -> "";
    };
  }

  private static String fractions(Field field) {
    int precision = field.options().path("precision").asInt();
    return precision > 0
        ? "it shows " + precision + " decimals, and a fraction does not convert"
        : "";
  }

  private static String unknownChoices(Conversion conversion, Field field) {
    List<String> unknown =
        field.choices().stream()
            .filter(choice -> !conversion.choices().containsKey(choice))
            .filter(choice -> !conversion.choices().containsValue(choice))
            .toList();
    return unknown.isEmpty() ? "" : "the mapping knows no choice " + Names.quoted(unknown);
  }

  private static String doubtWriting(FieldMapping mapped, Field field) {
    return switch (field.type()) {
      case "singleSelect" -> options(mapped.conversion(), field);
      case "richText" -> "Airtable rewrites Markdown, so what is written may read back differently";
      case "singleLineText" ->
          "multilineText".equals(mapped.airtableType()) ? "line breaks may be lost" : "";
      default -> "";
    };
  }

  private static String options(Conversion conversion, Field field) {
    if (conversion.kind() != Kind.CHOICE) {
      return "it takes its present options only; any other value goes to the dead letters";
    }
    List<String> missing =
        conversion.choices().values().stream()
            .distinct()
            .filter(value -> !field.choices().contains(value))
            .toList();
    return missing.isEmpty() ? "" : "it has no option " + Names.quoted(missing);
  }
}
