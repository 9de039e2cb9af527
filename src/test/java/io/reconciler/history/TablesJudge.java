package io.reconciler.history;

import io.reconciler.history.TableCell.Table;
import io.reconciler.world.TablesWorld;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Holds both sides of three tables against what was edited: P1, P2 and P3. */
final class TablesJudge {

  private static final List<String> QUIET =
      List.of(
          "leads",
          "crm.companies",
          "orders",
          "reconciler.agreed_value",
          "reconciler.conflict",
          "reconciler.dead_letter");

  private final TablesWorld world;
  private final Map<Table, List<String>> records;
  private final Set<String> everDeleted;
  private final List<String> failures = new ArrayList<>();
  private List<String> before = List.of();

  TablesJudge(TablesWorld world, Map<Table, List<String>> records, Set<String> everDeleted) {
    this.world = world;
    this.records = records;
    this.everDeleted = everDeleted;
  }

  /** Both sides agree on every cell but those in the dead letters. */
  void agreement(String when) {
    for (TableCell cell : TableCell.values()) {
      for (String record : records.get(cell.table())) {
        if (exists(cell, record)) {
          String airtable = cell.inAirtable(world, record);
          String postgres = row(cell, record) ? cell.inPostgres(world, record) : "no row";
          if (!airtable.equals(postgres) && !isInDeadLetters(record, cell)) {
            failures.add(
                "P1 %s: %s of %s is \"%s\" in Airtable and \"%s\" in PostgreSQL"
                    .formatted(when, cell.column(), record, airtable, postgres));
          }
        }
      }
    }
  }

  private boolean exists(TableCell cell, String record) {
    return world.base().table(cell.table().airtable()).exists(record);
  }

  private boolean row(TableCell cell, String record) {
    return !world.row(cell.table().sql(), record).isEmpty();
  }

  private boolean isInDeadLetters(String record, TableCell cell) {
    return ledger("reconciler.dead_letter").stream()
        .anyMatch(
            entry ->
                entry.contains(record)
                    && entry.contains("\"open\"")
                    && (entry.contains(cell.column()) || entry.contains(cell.group())));
  }

  /** Every edit is on both sides, or was edited over, or stands in a ledger. */
  void edits(List<TableEdit> edits) {
    List<String> ledgers = new ArrayList<>(ledger("reconciler.dead_letter"));
    ledgers.addAll(ledger("reconciler.conflict"));
    for (TableEdit edit : edits) {
      if (isLost(edit, edits, ledgers)) {
        List<TableEdit> story =
            edits.stream().filter(e -> e.of(edit.record(), edit.cell())).toList();
        failures.add("P2 lost: " + edit + "; of " + story);
      }
    }
  }

  private boolean isLost(TableEdit edit, List<TableEdit> edits, List<String> ledgers) {
    // Who clears an empty cell changes nothing.
    boolean isNone = edit.before().equals(edit.value()) || edit.takesBack();
    boolean isGone = !exists(edit.cell(), edit.record()) || everDeleted.contains(edit.record());
    if (isNone || isGone || edit.cell().inAirtable(world, edit.record()).equals(edit.value())) {
      return false;
    }
    boolean isEditedOver =
        edits.stream()
            .filter(later -> later.number() > edit.number())
            .filter(later -> later.of(edit.record(), edit.cell()))
            .anyMatch(
                later ->
                    later.byPortal() == edit.byPortal() || later.before().equals(edit.value()));
    if (isEditedOver) {
      return false;
    }
    Pattern trace = Pattern.compile(edit.value().isEmpty() ? "" : edit.cell().trace(edit.value()));
    return ledgers.stream()
        .noneMatch(entry -> entry.contains(edit.record()) && trace.matcher(entry).find());
  }

  private List<String> ledger(String table) {
    return world
        .jdbc()
        .sql("select cast(to_jsonb(t) as text) from " + table + " t")
        .query(String.class)
        .list();
  }

  /** From now on nothing may be written. */
  void before() {
    world.sandbox().clearLogs();
    before = world.rows(QUIET);
  }

  /** Nothing was. */
  void nothingWritten() {
    if (!world.sandbox().writes().isEmpty()) {
      failures.add("P3 Airtable was written: " + world.sandbox().writes());
    }
    List<String> changed = new ArrayList<>(world.rows(QUIET));
    changed.removeAll(before);
    if (!changed.isEmpty()) {
      failures.add("P3 PostgreSQL was written: " + changed);
    }
  }

  List<String> failures() {
    return failures;
  }

  /** The names of the fields that may be sent. */
  static List<String> portalOwned() {
    return fields(TableCell::isPortalOwned);
  }

  /** The names of the fields that link to other records. */
  static List<String> links() {
    return fields(TableCell::isLink);
  }

  private static List<String> fields(Predicate<TableCell> which) {
    return Stream.of(TableCell.values()).filter(which).map(TableCell::field).toList();
  }
}
