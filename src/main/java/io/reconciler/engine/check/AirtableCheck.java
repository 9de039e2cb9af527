package io.reconciler.engine.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.engine.failure.FailureText;
import io.reconciler.engine.field.InversePairs;
import io.reconciler.engine.field.KnownFields;
import io.reconciler.engine.field.RemadeTable;
import io.reconciler.side.airtable.AirtableAnswer;
import io.reconciler.side.airtable.AirtableException;
import io.reconciler.side.airtable.AirtableRequest;
import io.reconciler.side.airtable.AirtableRequests;
import io.reconciler.side.airtable.Offsets;
import io.reconciler.side.airtable.TableSchema;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.MappingSet;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Asks Airtable what the preflight wants to know, and has the rules say what it means. */
final class AirtableCheck {

  /** Of the list of bases, a thousand a page. */
  private static final int MOST_PAGES = 100;

  private final Mapping mapping;
  private final MappingSet mappings;
  private final Function<String, KnownFields> kept;
  private final FieldProbe probe;
  private final Unnamed unnamed;
  private final Function<AirtableRequest, AirtableAnswer> airtable;
  private final Clock clock;

  AirtableCheck(
      Mapping mapping,
      MappingSet mappings,
      Function<String, KnownFields> kept,
      Function<AirtableRequest, AirtableAnswer> airtable,
      Clock clock) {
    this.mapping = mapping;
    this.mappings = mappings;
    this.kept = kept;
    this.probe = new FieldProbe(mapping, airtable);
    this.unnamed = new Unnamed(mapping, kept, probe, clock);
    this.airtable = airtable;
    this.clock = clock;
  }

  List<CheckLine> run(List<String> bases) {
    List<CheckLine> lines = new ArrayList<>();
    String first = bases.isEmpty() ? "" : bases.get(0);
    RuntimeException refusal = token(first, lines);
    if (refusal != null) {
      lines.addAll(without(refusal, ActiveClientCheck.of(mapping, bases)));
      return lines;
    }
    if (bases.isEmpty()) {
      lines.add(
          CheckLine.skipped(
              BaseRules.AREA, "none to look at: no active client, and no AIRTABLE_BASE_ID"));
      return lines;
    }
    Map<String, String> levels = levels(first, lines);
    List<String> own = ActiveClientCheck.of(mapping, bases);
    if (own.isEmpty()) {
      lines.add(ActiveClientCheck.noClient(mapping, bases));
    }
    for (String base : own) {
      String words = bases.size() > 1 ? base + ": " : "";
      base(base, levels).forEach(line -> lines.add(isBase(line) ? line : line.after(words)));
    }
    return lines;
  }

  private static boolean isBase(CheckLine line) {
    return line.area().equals(BaseRules.AREA);
  }

  // Records are read from elsewhere: what keeps runs from going on is only that they can't be.
  private List<CheckLine> without(RuntimeException refusal, List<String> bases) {
    List<CheckLine> lines = new ArrayList<>();
    if (refusal instanceof AirtableException.Unavailable) {
      lines.addAll(unnamed.answers(bases));
    }
    lines.add(
        0,
        CheckLine.skipped(
            BaseRules.AREA,
            lines.isEmpty()
                ? "not asked for: Airtable answers nothing else"
                : "not asked for: Airtable's metadata does not answer, though records do"));
    return lines;
  }

  /** Why it is not worth asking more of the metadata; null when it is. */
  private @Nullable RuntimeException token(String base, List<CheckLine> lines) {
    try {
      AirtableAnswer answer = airtable.apply(AirtableRequests.whoAmI(base));
      lines.addAll(BaseRules.token(answer.body()));
      Clocks.airtable(answer.date(), clock.instant()).ifPresent(lines::add);
      return null;
    } catch (AirtableException.Forbidden e) {
      // A server that stands in for Airtable may not know this path; the others tell more.
      lines.add(CheckLine.warning(BaseRules.TOKEN, FailureText.of(e), ""));
      return null;
    } catch (RuntimeException e) {
      lines.add(CheckLine.failed(BaseRules.TOKEN, FailureText.of(e), ""));
      return e;
    }
  }

  /** The permission level by base; null when the token may not see them. */
  private @Nullable Map<String, String> levels(String base, List<CheckLine> lines) {
    try {
      return allLevels(base);
    } catch (AirtableException.Forbidden e) {
      lines.add(
          CheckLine.warning(
              BaseRules.TOKEN,
              "it may not list its bases: permissions and field types can't be checked",
              "add the scope " + BaseRules.SCHEMA + " to the token"));
    } catch (RuntimeException e) {
      lines.add(CheckLine.failed(BaseRules.AREA, FailureText.of(e), ""));
    }
    return null;
  }

  private Map<String, String> allLevels(String base) {
    Map<String, String> levels = new HashMap<>();
    Offsets offsets = new Offsets(MOST_PAGES);
    String offset = null;
    do {
      AirtableAnswer page = airtable.apply(AirtableRequests.bases(base, offset));
      levels.putAll(BaseRules.levels(page.body()));
      String next = page.body().path("offset").asText("");
      offset = offsets.next(next.isEmpty() ? null : next);
    } while (offset != null);
    return levels;
  }

  private List<CheckLine> base(String base, @Nullable Map<String, String> levels) {
    List<CheckLine> lines = new ArrayList<>();
    if (levels == null) {
      lines.add(CheckLine.skipped(BaseRules.AREA, base + ": its permission can't be read"));
    } else {
      lines.add(BaseRules.base(base, levels.get(base)));
      if (!levels.containsKey(base)) {
        lines.add(CheckLine.skipped(TableRules.AREA, "not asked for: the base can't be reached"));
        return lines;
      }
    }
    lines.addAll(table(base));
    return lines;
  }

  private List<CheckLine> table(String base) {
    try {
      AirtableAnswer answer = airtable.apply(AirtableRequests.schema(base));
      return TableSchema.read(answer.body())
          .map(tables -> described(base, tables, answer.body()))
          .orElseGet(
              () ->
                  List.of(
                      CheckLine.failed(
                          TableRules.AREA, "Airtable's answer has no list of tables", "")));
    } catch (AirtableException.Forbidden e) {
      return unnamed.table(base);
    } catch (RuntimeException e) {
      return List.of(CheckLine.failed(TableRules.AREA, FailureText.of(e), ""));
    }
  }

  private List<CheckLine> described(String base, List<TableSchema> tables, JsonNode schema) {
    KnownFields fields = kept.apply(base);
    Optional<CheckLine> remade =
        fields
            .remade(schema)
            .map(r -> CheckLine.failed(TableRules.AREA, r.problem(), RemadeTable.ADVICE));
    fields.learn(schema, mappings, clock.instant());
    TableRules rules = new TableRules(mapping, fields::idOf, fields::objection);
    Optional<TableSchema> table = rules.find(tables);
    if (table.isEmpty()) {
      return List.of(rules.missing(tables));
    }
    List<CheckLine> lines = new ArrayList<>(rules.fields(table.get()));
    remade.ifPresent(line -> lines.set(0, line));
    InversePairs.problem(schema, mappings.of(base))
        .ifPresent(problem -> lines.add(CheckLine.failed(FieldRules.AREA, problem, "")));
    List<CheckLine> names = FilterRules.check(mapping, table.get());
    lines.addAll(names);
    String filter = names.isEmpty() ? mapping.filter() : null;
    lines.addAll(1, probe.records(base, rules.present(table.get()), fields.keys(), filter));
    return lines;
  }
}
