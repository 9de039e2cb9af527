package io.reconciler.history;

import static java.util.stream.Collectors.toMap;

import io.reconciler.engine.run.ProgressListener;
import io.reconciler.engine.run.RunRequest;
import io.reconciler.engine.run.RunResult;
import io.reconciler.engine.run.Trigger;
import io.reconciler.history.TableCell.Table;
import io.reconciler.history.TableStep.Kind;
import io.reconciler.sandbox.table.SandboxTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Plays a history of three tables, keeps every edit in mind, lets it settle and judges. */
final class TablesPlay {

  private final TablesBench bench;
  private final Nodes.Hook watcher;
  private final Map<Table, List<String>> records = new EnumMap<>(Table.class);
  private final Set<String> deleted = new HashSet<>();
  private final List<TableEdit> edits = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();
  private @Nullable Death death;
  private boolean troubled;
  private int number;

  private TablesPlay(TablesBench bench, Nodes.Hook watcher) {
    this.bench = bench;
    this.watcher = watcher;
    bench.fresh();
    bench.timeline().restart(bench.world().jdbc(), Duration.ofSeconds(7));
    for (Table table : Table.values()) {
      records.put(table, new ArrayList<>());
    }
  }

  /** What went wrong; nothing when all is well. */
  static List<String> of(List<TableStep> steps, TablesBench bench) {
    TablesPlay play = new TablesPlay(bench, Nodes.Hook.NONE);
    steps.forEach(play::step);
    return play.settle();
  }

  /** Plays it with an eye on the nodes of its runs. */
  static void watched(List<TableStep> steps, TablesBench bench, Nodes.Hook watcher) {
    TablesPlay play = new TablesPlay(bench, watcher);
    steps.forEach(play::step);
  }

  private void step(TableStep step) {
    advance(Duration.ofMillis(1300));
    switch (step.kind()) {
      case CREATE -> create(step.cell());
      case WAIT -> advance(Duration.ofSeconds(step.amount()));
      case FAULT -> {
        InjectedFault.values()[step.amount()].on(bench.world().sandbox());
        troubled = true;
      }
      case CALM -> calm();
      case CRASH -> death = new Death(new Moment(step.amount(), ""));
      case SCHEDULED, MANUAL, FULL -> run(step);
      default -> edit(step);
    }
  }

  private void create(TableCell cell) {
    SandboxTable table = bench.table(cell.table());
    String value = cell.value(++number, null);
    String record = table.create(Map.of(cell.field(), cell.cell(value)));
    records.get(cell.table()).add(record);
    edits.add(new TableEdit(number, false, record, cell, "", value, false));
  }

  private void edit(TableStep step) {
    TableCell cell = step.cell();
    List<String> those = records.get(cell.table());
    if (step.record() >= those.size()) {
      return;
    }
    String record = those.get(step.record());
    SandboxTable table = bench.table(cell.table());
    if (step.kind() == Kind.A_RESTORE && !table.exists(record)) {
      withLinks(() -> table.restore(record));
    }
    if (!table.exists(record)) {
      return;
    }
    switch (step.kind()) {
      case A_DELETE -> {
        withLinks(() -> table.delete(record));
        deleted.add(record);
      }
      case A_SET, P_SET -> set(step, record, target(step));
      case A_CLEAR -> airtable(record, cell, "");
      case P_CLEAR -> portal(record, cell, "");
      default -> {}
    }
  }

  // Who deletes a record or brings it back edits the links of others to it as well.
  private void withLinks(Runnable change) {
    Map<Link, String> before = links();
    change.run();
    links()
        .forEach(
            (link, now) -> {
              String old = before.get(link);
              if (old != null && !old.equals(now)) {
                made(false, link.record(), link.cell(), old, now);
              }
            });
  }

  private Map<Link, String> links() {
    return Stream.of(TableCell.values())
        .filter(TableCell::isLink)
        .flatMap(cell -> records.get(cell.table()).stream().map(id -> new Link(id, cell)))
        .filter(link -> bench.table(link.cell().table()).exists(link.record()))
        .collect(toMap(link -> link, link -> link.cell().inAirtable(bench.world(), link.record())));
  }

  /** A cell that links to other records. */
  private record Link(String record, TableCell cell) {}

  private void set(TableStep step, String record, @Nullable String target) {
    if (step.cell().isLink() && target == null) {
      return;
    }
    String value = step.cell().value(++number, target);
    if (step.kind() == Kind.A_SET) {
      airtable(record, step.cell(), value);
    } else {
      portal(record, step.cell(), value);
    }
  }

  // Of the target of a link: a record that is there, and for the portal a row of it.
  private @Nullable String target(TableStep step) {
    if (!step.cell().isLink()) {
      return null;
    }
    Table target = step.cell().target();
    if (step.amount() >= records.get(target).size()) {
      return null;
    }
    String record = records.get(target).get(step.amount());
    boolean there =
        bench.table(target).exists(record)
            && (step.kind() == Kind.A_SET || !bench.world().row(target.sql(), record).isEmpty());
    return there ? record : null;
  }

  private void airtable(String record, TableCell cell, String value) {
    String before = cell.inAirtable(bench.world(), record);
    Map<String, Object> cells = new HashMap<>();
    cells.put(cell.field(), value.isEmpty() ? null : cell.cell(value));
    bench.table(cell.table()).update(record, cells);
    made(false, record, cell, before, value);
  }

  private void portal(String record, TableCell cell, String value) {
    if (bench.world().row(cell.table().sql(), record).isEmpty()) {
      return;
    }
    String before = cell.inPostgres(bench.world(), record);
    bench
        .world()
        .jdbc()
        .sql(
            "update %s set %s, updated_at = clock_timestamp() where airtable_record_id = ?"
                .formatted(cell.table().sql(), cell.assignment()))
        .params(value.isEmpty() ? null : value, record)
        .update();
    made(true, record, cell, before, value);
  }

  private void made(boolean byPortal, String record, TableCell cell, String old, String now) {
    boolean takesBack = now.isEmpty() && cell.isPortalOwned() && isAgreedEmpty(record, cell);
    edits.add(new TableEdit(++number, byPortal, record, cell, old, now, takesBack));
  }

  // Where nothing was ever agreed on an empty side wins nothing.
  private boolean isAgreedEmpty(String record, TableCell cell) {
    String table = cell.table().sql();
    return bench
        .world()
        .jdbc()
        .sql(
            "select coalesce(a.agreed #>> array[?, ?], '') in ('', '[]') from %s t".formatted(table)
                + " left join reconciler.agreed_value a"
                + " on a.airtable_record_id = t.airtable_record_id and a.table_name = ?"
                + " where t.airtable_record_id = ?")
        .params(cell.group(), cell.column(), table, record)
        .query(Boolean.class)
        .optional()
        .orElse(false);
  }

  private void calm() {
    bench.world().sandbox().clearFaults();
    troubled = false;
  }

  private void run(TableStep step) {
    Death dying = death;
    death = null;
    bench.world().sandbox().clearLogs();
    bench.nodes().set(dying == null ? watcher : dying);
    String problem = null;
    try {
      RunResult result =
          bench.world().engine().reconcile(request(step), ProgressListener.NONE).get(0).result();
      problem = result == null ? "busy" : result.failure();
    } catch (RuntimeException e) {
      problem = e.toString();
    }
    boolean killed = dying != null && dying.dead();
    if (killed) {
      dying.bury(bench.world().engine(), bench.nodes());
    }
    bench.nodes().set(Nodes.Hook.NONE);
    if (problem != null && !killed && !troubled) {
      failures.add("P4 " + step + " failed without a reason: " + problem);
    }
    bench
        .world()
        .sandbox()
        .writes()
        .forEach(
            write -> {
              if (!TablesJudge.portalOwned().containsAll(write.fields().keySet())) {
                failures.add("P7 sent: " + write);
              }
            });
  }

  private static RunRequest request(TableStep step) {
    boolean full = step.kind() == Kind.FULL;
    Trigger trigger = step.kind() == Kind.SCHEDULED ? Trigger.SCHEDULE : Trigger.CLI;
    return new RunRequest(trigger, "history", full ? 20 : step.amount(), null, full, false, false);
  }

  private List<String> settle() {
    calm();
    death = null;
    TablesJudge judge = new TablesJudge(bench.world(), records, deleted);
    advance(bench.timeline().furthestAhead());
    quietly(TableStep.of(Kind.SCHEDULED, 1));
    if (deleted.isEmpty()) {
      judge.agreement("after one run");
    }
    quietly(TableStep.of(Kind.FULL, 0));
    judge.agreement("after a sweep");
    judge.edits(edits);
    if (hasPushedLinks()) {
      quietly(TableStep.of(Kind.SCHEDULED, 20));
    }
    judge.before();
    quietly(TableStep.of(Kind.SCHEDULED, 20));
    judge.nothingWritten();
    failures.addAll(judge.failures());
    return failures;
  }

  // Airtable enters a link on its other side too: that record is changed for the run after it.
  private boolean hasPushedLinks() {
    return bench.world().sandbox().writes().stream()
        .flatMap(write -> write.fields().keySet().stream())
        .anyMatch(TablesJudge.links()::contains);
  }

  private void quietly(TableStep run) {
    advance(Duration.ofSeconds(90));
    run(run);
  }

  private void advance(Duration by) {
    bench.timeline().advance(bench.world().jdbc(), by);
  }
}
