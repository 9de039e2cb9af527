package io.reconciler.program.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.cli.Console;
import io.reconciler.engine.dryrun.PlannedConflict;
import io.reconciler.engine.run.RunResult.PlannedWrite;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.MappingSet;
import io.reconciler.side.mapping.StoredLinks;
import io.reconciler.text.Plain;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a dry run has found that a sync will do, by kind and field, with a few examples of each. */
final class PlanTable {

  private static final int EXAMPLES = 3;
  private static final int VALUE = 40;

  /** Behind the count. */
  private static final int TEXT_AT = 11;

  private final Map<Row, Found> found = new TreeMap<>();
  private final String only;
  private String lastInserted = "";

  /** Of runs of these tables; that with the name {@code leads} is the one with leads. */
  PlanTable(MappingSet mappings) {
    this.only = mappings.isSeveral() ? "" : mappings.inOrder().get(0).name();
  }

  /** What will happen, in the order of the table. */
  private enum Kind {
    INSERT("insert a %s into PostgreSQL"),
    UPDATE("change in PostgreSQL"),
    CONFLICT_AIRTABLE("decide a conflict, Airtable wins"),
    CONFLICT_PORTAL("decide a conflict, the portal wins"),
    CONFLICT_MERGED("decide a conflict, both are merged"),
    PUSH("send to Airtable"),
    CLEARED_PORTAL("CLEAR A VALUE in PostgreSQL"),
    CLEARED_AIRTABLE("CLEAR A VALUE in Airtable"),
    DEACTIVATE("deactivate a %s"),
    REACTIVATE("activate a %s again");

    private final String text;

    Kind(String text) {
      this.text = text;
    }
  }

  /**
   * A line of the table; the field is empty where the lead as a whole, or another one, is meant.
   */
  private record Row(Kind kind, String field, String one) implements Comparable<Row> {

    @Override
    public int compareTo(Row other) {
      int byKind = kind.compareTo(other.kind);
      return byKind == 0 ? field.compareTo(other.field) : byKind;
    }

    private String text() {
      String text = kind.text.formatted(one);
      return field.isEmpty() ? text : text + ": " + field;
    }
  }

  private static final class Found {
    private long count;
    private final List<String> examples = new ArrayList<>();
  }

  /** A write that a sync will make. */
  void add(PlannedWrite write) {
    switch (write.decision()) {
      case "insert" -> inserted(write);
      case "deactivate" -> whole(Kind.DEACTIVATE, write);
      case "reactivate" -> whole(Kind.REACTIVATE, write);
      default -> changed(write);
    }
  }

  /** A conflict that a sync will decide. */
  void add(PlannedConflict conflict) {
    Kind kind = Kind.valueOf("CONFLICT_" + conflict.winner().toUpperCase(Locale.ROOT));
    add(
        new Row(kind, of(conflict.table(), conflict.group()), ""),
        "%s  Airtable %s, PostgreSQL %s"
            .formatted(
                conflict.recordId(), values(conflict.airtable()), values(conflict.portal())));
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  /** Each line with its examples; on a narrow terminal they go on below where they begin. */
  void print(Console console) {
    if (isEmpty()) {
      console.line("  a sync will change nothing");
      return;
    }
    console.line("    COUNT  A SYNC WILL, AS THINGS STAND");
    found.forEach(
        (row, what) -> {
          print(String.format(Locale.ROOT, "  %,7d  %s", what.count, row.text()), console);
          what.examples.forEach(
              e -> print(Plain.head(" ".repeat(TEXT_AT) + e, TextTable.WIDTH), console));
        });
  }

  private static void print(String line, Console console) {
    console.parts(line, TEXT_AT + 2).forEach(console.out()::println);
  }

  private static String of(@Nullable String table, String field) {
    if (table == null) {
      return field;
    }
    return field.isEmpty() ? table : table + "." + field;
  }

  // The columns of a new lead come one after the other.
  private void inserted(PlannedWrite write) {
    if (!write.recordId().equals(lastInserted)) {
      lastInserted = write.recordId();
      whole(Kind.INSERT, write);
    }
  }

  private void whole(Kind kind, PlannedWrite write) {
    String table = write.table() == null ? only : write.table();
    String one = table.equals(Mapping.LEADS) ? "lead" : "row";
    add(new Row(kind, of(write.table(), ""), one), write.recordId());
  }

  private void changed(PlannedWrite write) {
    boolean push = write.direction().equals("push");
    String example =
        "%s  %s -> %s".formatted(write.recordId(), value(write.from()), value(write.to()));
    String field = of(write.table(), write.field());
    add(new Row(push ? Kind.PUSH : Kind.UPDATE, field, ""), example);
    if (isEmpty(write.to()) && !isEmpty(write.from())) {
      add(new Row(push ? Kind.CLEARED_AIRTABLE : Kind.CLEARED_PORTAL, field, ""), example);
    }
  }

  private void add(Row row, String example) {
    Found entry = found.computeIfAbsent(row, r -> new Found());
    entry.count++;
    if (entry.examples.size() < EXAMPLES) {
      entry.examples.add(example);
    }
  }

  private static boolean isEmpty(@Nullable JsonNode value) {
    return value == null
        || value.isNull()
        || (value.isTextual() && value.asText().isEmpty())
        || (value.isContainerNode() && value.isEmpty());
  }

  private static String values(JsonNode group) {
    List<String> values = new ArrayList<>();
    group.forEach(value -> values.add(value(value)));
    return String.join(", ", values);
  }

  private static String value(@Nullable JsonNode value) {
    if (value == null || isEmpty(value)) {
      return "(empty)";
    }
    String link = StoredLinks.words(value);
    if (link != null) {
      return link;
    }
    boolean text = value.isTextual();
    String shown =
        (text ? value.textValue() : value.toString()).replaceAll("[\\p{Cntrl}\\s]+", " ");
    return text ? '"' + Plain.head(shown, VALUE) + '"' : Plain.head(shown, VALUE);
  }
}
