package io.reconciler.engine.check;

import io.reconciler.engine.failure.FailureText;
import io.reconciler.engine.field.KnownFields;
import io.reconciler.engine.field.MappedReferences;
import io.reconciler.side.airtable.AirtableException;
import io.reconciler.side.mapping.Mapping;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Looks at a table whose metadata the token may not read, or Airtable does not tell now, as runs
 * do: by the ids that they know, else by the names in the mapping.
 */
final class Unnamed {

  private static final String GRANT = "add the scope " + BaseRules.SCHEMA + " to the token";

  private final Mapping mapping;
  private final Function<String, KnownFields> kept;
  private final FieldProbe probe;
  private final Clock clock;

  Unnamed(Mapping mapping, Function<String, KnownFields> kept, FieldProbe probe, Clock clock) {
    this.mapping = mapping;
    this.kept = kept;
    this.probe = probe;
    this.clock = clock;
  }

  /** The lines of a base's table whose metadata the token may not read. */
  List<CheckLine> table(String base) {
    KnownFields fields = known(base);
    if (!fields.unresolved().isEmpty()) {
      return List.of(idsNeedScope());
    }
    if (!fields.keys().byId()) {
      return probe.missingFields(base);
    }
    try {
      return byId(base, fields);
    } catch (RuntimeException e) {
      return FieldProbe.isUnknownField(e) && new MappedReferences(mapping).ids().isEmpty()
          ? probe.missingFields(base)
          : List.of(CheckLine.failed(TableRules.AREA, FailureText.of(e), ""));
    }
  }

  /**
   * The same where Airtable does not tell now; empty when it does not answer for records either.
   */
  List<CheckLine> answers(List<String> bases) {
    List<CheckLine> lines = new ArrayList<>();
    for (String base : bases) {
      try {
        lines.addAll(probe.read(base, TableRules.names(mapping), known(base).keys()));
      } catch (AirtableException.Unavailable e) {
        return List.of();
      } catch (RuntimeException e) {
        lines.add(CheckLine.failed(TableRules.AREA, FailureText.of(e), ""));
      }
    }
    return lines;
  }

  private KnownFields known(String base) {
    KnownFields fields = kept.apply(base);
    fields.refused(clock.instant());
    return fields;
  }

  private List<CheckLine> byId(String base, KnownFields fields) {
    List<String> names = TableRules.names(mapping);
    List<CheckLine> lines = new ArrayList<>(probe.read(base, names, fields.keys()));
    lines.add(
        CheckLine.warning(
            FieldRules.AREA,
            "the token may not read the names and types of the fields: runs go by the ids of all "
                + names.size()
                + ", which they know from before",
            GRANT));
    fields.otherNames().forEach((name, last) -> lines.add(otherwise(name, last)));
    return lines;
  }

  private static CheckLine otherwise(String name, String last) {
    return CheckLine.warning(
        FieldRules.AREA,
        Names.quoted(name)
            + " was last called "
            + Names.quoted(last)
            + " in Airtable; runs go by its id",
        GRANT + ", and leave the name as it is until then");
  }

  private CheckLine idsNeedScope() {
    return CheckLine.failed(
        FieldRules.AREA,
        "the mapping names "
            + String.join(", ", new MappedReferences(mapping).ids())
            + ", and without the scope "
            + BaseRules.SCHEMA
            + " the token may not read what ids stand for",
        GRANT + ", or write names in the mapping");
  }
}
