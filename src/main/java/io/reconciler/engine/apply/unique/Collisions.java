package io.reconciler.engine.apply.unique;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reconciler.engine.apply.plan.IncomingRecord;
import io.reconciler.engine.apply.plan.Page;
import io.reconciler.engine.apply.plan.PagePlan;
import io.reconciler.engine.apply.plan.RecordPlan;
import io.reconciler.engine.dryrun.PlannedKeys;
import io.reconciler.engine.run.Run;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.postgres.OneColumn;
import io.reconciler.side.postgres.RecordIds;
import io.reconciler.side.postgres.RefusedWrite;
import io.reconciler.side.postgres.UniqueKey;
import io.reconciler.side.postgres.UniqueKeys;
import io.reconciler.side.postgres.UniqueKeys.Held;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Records whose unique value another row still holds. They wait for the end of the listing, when
 * that row may have given it up; those that want each other's values are applied together.
 */
public final class Collisions {

  private static final Logger LOG = LoggerFactory.getLogger(Collisions.class);

  private final UniqueKeys unique;

  public Collisions(UniqueKeys unique) {
    this.unique = unique;
  }

  /** A listing begins, at the end of which there is another try. */
  public void open(Run run) {
    run.table().setAside().open();
    if (run.request().dryRun()) {
      keys(run);
    }
  }

  /** A page is to be applied: what was set aside of its records is older. */
  public void seen(Page page, Run run) {
    if (page.purpose() == Page.Purpose.PULL) {
      run.table().setAside().drop(page.ids());
    }
  }

  /** Sets the page's only record aside, if it is another row that was in the way. */
  public boolean setsAside(Page page, Throwable cause, Run run) {
    IncomingRecord record = page.records().get(0);
    return page.purpose() == Page.Purpose.PULL
        && RefusedWrite.of(cause).filter(RefusedWrite::isHeld).isPresent()
        && run.table().setAside().add(record.id(), record);
  }

  /** The records that were set aside; none is any more. */
  public Collided close(Run run) {
    return new Collided(
        run.table().setAside().close().stream().map(IncomingRecord.class::cast).toList());
  }

  /** The other records whose rows are in the way. */
  public RecordIds others(Collided collided, Run run) {
    return new RecordIds(
        held(collided, run).stream()
            .map(Held::holder)
            .filter(holder -> !holder.isEmpty() && !collided.contains(holder))
            .distinct()
            .limit(100)
            .toList());
  }

  /** Those of them that a statement found. */
  public RecordIds found(List<Map<String, Object>> rows) {
    return new RecordIds(OneColumn.texts(rows));
  }

  /** These want something themselves, and can be applied with the others. */
  public void join(Collided collided, Page page) {
    collided.add(page.records());
  }

  /** The pages to apply, in this order; one of several records has to be applied whole. */
  public List<Page> pages(Collided collided, Run run) {
    return collided.pages(Held.holders(held(collided, run)));
  }

  private List<Held> held(Collided collided, Run run) {
    return held(collided.records(), keys(run), run);
  }

  /**
   * Makes room for leads that are about to be written, so that each can get what another one had;
   * in the transaction that writes them.
   */
  public void vacate(PagePlan plan, Run run) {
    new Exchange(unique, run.mapping(), keys(run), run.client().id())
        .makeRoom(plan.of(RecordPlan.Kind.UPDATE));
  }

  /**
   * Makes what a dry run has planned for other leads stand beside a page that it tries, as far as
   * it may be in the page's way or is no longer.
   *
   * @throws DataAccessException as PostgreSQL would throw it, when a new lead has what is wanted
   */
  public void foresee(PagePlan plan, Run run) {
    PlannedKeys planned = run.plannedLeads().keys();
    List<RecordPlan> written = plan.records().stream().filter(RecordPlan::writesLead).toList();
    if (planned.isEmpty() || written.isEmpty()) {
      return;
    }
    Mapping mapping = run.mapping();
    KeyRows rows = rows(keys(run), run);
    List<ObjectNode> wanted =
        written.stream().map(record -> rows.row(record.record().id(), record.row())).toList();
    Map<String, PlannedKeys.Lead> near = near(wanted, rows, run);
    List<PlannedKeys.Lead> there = near.values().stream().filter(lead -> !lead.isNew()).toList();
    unique.put(
        mapping,
        rows.nullable(),
        near.entrySet().stream()
            .filter(lead -> !lead.getValue().isNew())
            .map(lead -> rows.row(lead.getKey(), Map.of()))
            .toList());
    unique.put(mapping, rows.columns(), there.stream().map(PlannedKeys.Lead::row).toList());
    unique
        .heldBy(mapping, keys(run), wanted, newRows(near))
        .forEach(
            held -> {
              throw RefusedWrite.duplicate(held.key());
            });
  }

  /** Who holds what a record wants, as the end of a sentence; empty where nobody knows. */
  public String holder(IncomingRecord record, RefusedWrite refusal, Run run) {
    if (!refusal.isHeld()) {
      return "";
    }
    List<UniqueKey> named =
        keys(run).stream().filter(key -> key.name().equals(refusal.constraint())).toList();
    return held(List.of(record), named, run).stream()
        .min(Comparator.comparing(Held::holder))
        .map(
            held ->
                held.holder().isEmpty()
                    ? "; a lead without a record holds it"
                    : "; the lead of " + held.holder() + " holds it")
        .orElse("");
  }

  private List<Held> held(List<IncomingRecord> records, List<UniqueKey> keys, Run run) {
    KeyRows rows = rows(keys, run);
    List<ObjectNode> wanted = records.stream().map(rows::wanted).toList();
    // Of a run that writes there are none.
    Map<String, PlannedKeys.Lead> near = near(wanted, rows(keys(run), run), run);
    try {
      List<Held> held = new ArrayList<>(unique.held(run.mapping(), keys, wanted, near.keySet()));
      held.addAll(
          unique.heldBy(
              run.mapping(),
              keys,
              wanted,
              near.values().stream().map(PlannedKeys.Lead::row).toList()));
      return held;
    } catch (DataAccessException e) {
      LOG.debug("it is not known who holds what is wanted: {}", e.getMessage());
      return List.of();
    }
  }

  private static Map<String, PlannedKeys.Lead> near(
      List<ObjectNode> wanted, KeyRows rows, Run run) {
    String record = run.mapping().postgres().recordId();
    return run.plannedLeads()
        .keys()
        .near(
            wanted.stream().flatMap(row -> rows.texts(row).stream()).toList(),
            wanted.stream().map(row -> row.path(record).asText()).toList());
  }

  private static List<ObjectNode> newRows(Map<String, PlannedKeys.Lead> leads) {
    return leads.values().stream()
        .filter(PlannedKeys.Lead::isNew)
        .map(lead -> (ObjectNode) lead.row())
        .toList();
  }

  private List<UniqueKey> keys(Run run) {
    return run.table().uniqueKeys(() -> unique.of(run.mapping()));
  }

  private static KeyRows rows(List<UniqueKey> keys, Run run) {
    return new KeyRows(run.mapping(), keys, run.client().id());
  }
}
