package io.reconciler.program.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.engine.repair.LedgerGroup;
import io.reconciler.engine.repair.LedgerKind;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.MappingSet;
import io.reconciler.side.postgres.OneColumn;
import io.reconciler.text.Counted;
import io.reconciler.text.Plain;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/** What a ledger holds, kind by kind: {@code 297 x Claimed By: is not a UUID, e.g. "ann"}. */
final class LedgerTotals {

  /** The kinds that a person gets to see. */
  private static final int SHOWN = 12;

  private static final int EXAMPLE = 40;

  private final LedgerKind kind;
  private final List<LedgerGroup> groups;
  private final MappingSet mappings;

  LedgerTotals(LedgerKind kind, List<LedgerGroup> groups, MappingSet mappings) {
    this.kind = kind;
    this.groups = groups;
    this.mappings = mappings;
  }

  /** How many entries there are. */
  long count() {
    return groups.stream().mapToLong(LedgerGroup::count).sum();
  }

  /** The total, and a line for each kind where there is more than one entry. */
  List<String> lines(boolean all) {
    List<String> lines = new ArrayList<>();
    lines.add(Counted.of(count(), (all ? "" : "open ") + kind.entry()));
    if (count() > 1) {
      int width = number(groups.get(0)).length();
      groups.stream().limit(SHOWN).forEach(group -> lines.add(line(group, width)));
      if (groups.size() > SHOWN) {
        long left = groups.stream().skip(SHOWN).mapToLong(LedgerGroup::count).sum();
        lines.add("  ... and " + Counted.of(left, "more of another kind", "more of other kinds"));
      }
    }
    lines.add("");
    return lines;
  }

  private String line(LedgerGroup group, int width) {
    String count = number(group);
    String example = example(group);
    return "  "
        + " ".repeat(width - count.length())
        + count
        + " x "
        + (mappings.isSeveral() && group.table() != null ? group.table() + ", " : "")
        + name(group)
        + ": "
        + Plain.cell(group.kind())
        + (example.isEmpty() ? "" : ", e.g. " + example);
  }

  private static String number(LedgerGroup group) {
    return String.format(Locale.ROOT, "%,d", group.count());
  }

  /** A field is called as it is in Airtable, unless it is mapped by its id. */
  private String name(LedgerGroup group) {
    String name = group.name();
    if (name.isEmpty()) {
      return "whole records";
    }
    String table = group.table();
    return mappings.inOrder().stream()
        .filter(mapping -> table == null || mapping.name().equals(table))
        .flatMap(mapping -> mapping.fields().stream())
        .filter(field -> field.column().equals(name))
        .map(FieldMapping::airtableField)
        .filter(field -> field != null && !field.matches("fld[0-9A-Za-z]{14}"))
        .findFirst()
        .orElse(name);
  }

  private String example(LedgerGroup group) {
    String example = group.example();
    if (example == null) {
      return "";
    }
    if (kind == LedgerKind.CONFLICTS) {
      StringJoiner values = new StringJoiner(", ");
      for (JsonNode value : OneColumn.parse(example)) {
        values.add(LedgerTables.value(value));
      }
      example = values.toString();
    }
    return Plain.head(Plain.cell(example), EXAMPLE);
  }
}
