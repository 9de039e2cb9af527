package io.reconciler.engine.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reconciler.decide.Granularity;
import io.reconciler.engine.apply.plan.IncomingRecord;
import io.reconciler.engine.apply.plan.Page;
import io.reconciler.engine.apply.plan.PageLook;
import io.reconciler.engine.apply.plan.PagePlan;
import io.reconciler.engine.apply.plan.PagePlanner;
import io.reconciler.engine.apply.plan.Problem;
import io.reconciler.engine.apply.plan.RecordPlan;
import io.reconciler.engine.apply.plan.RecordPlanner;
import io.reconciler.engine.apply.plan.RunRules;
import io.reconciler.engine.failure.FailureText;
import io.reconciler.engine.failure.RunFailedException;
import io.reconciler.engine.failure.UnwrittenException;
import io.reconciler.engine.run.Run;
import io.reconciler.side.mapping.FieldGroup;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.postgres.AgreedValues;
import io.reconciler.side.postgres.LeadRow;
import io.reconciler.side.postgres.OneColumn;
import io.reconciler.side.postgres.rules.LeadsTable;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Between the steps of a page's transaction: reads what the statements returned and plans. */
public final class Pages {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** The row of the page's state that is about no record. */
  private static final String WAITING = "{\"waiting\": true}";

  private final Granularity granularity;

  /** The granularity says what a conflict is about. */
  public Pages(Granularity granularity) {
    this.granularity = granularity;
  }

  /** Whether a dead letter or a record that was left waits for one of the page's records. */
  public boolean isWaiting(List<Map<String, Object>> stateRows) {
    return OneColumn.texts(stateRows).contains(WAITING);
  }

  /** What to write for a page whose leads are locked; rows are maps with one JSON text each. */
  public PagePlan plan(
      Page page,
      List<Map<String, Object>> leadRows,
      List<Map<String, Object>> agreedRows,
      Run run) {
    return plan(page, OneColumn.json(leadRows), agreed(agreedRows, run), run);
  }

  // A dry run forgets nothing of what the database holds, and decides as if it had.
  private static Map<String, AgreedValues> agreed(List<Map<String, Object>> rows, Run run) {
    Map<String, AgreedValues> agreed = AgreedValues.byRecord(OneColumn.json(rows), run.mapping());
    run.table().fields().changes().count(agreed);
    outdated(agreed, run);
    return agreed;
  }

  // A lead that an older dump has brought back is no edit of the portal's.
  private static void outdated(Map<String, AgreedValues> agreed, Run run) {
    Set<String> outdated = run.table().fields().places().outdated();
    if (!outdated.isEmpty()) {
      Set<String> all =
          run.mapping().groups().stream().map(FieldGroup::name).collect(Collectors.toSet());
      agreed.replaceAll((id, known) -> outdated.contains(id) ? known.without(all) : known);
    }
  }

  private PagePlan plan(
      Page page, List<JsonNode> leadRows, Map<String, AgreedValues> agreed, Run run) {
    Mapping mapping = run.mapping();
    for (IncomingRecord record : page.records()) {
      AgreedValues planned = run.plannedLeads().agreed(record.id());
      if (planned != null) {
        agreed.put(record.id(), planned);
      }
    }
    Map<String, LeadRow> leads = LeadRow.byRecord(leadRows, mapping);
    if (run.request().dryRun() && page.purpose() == Page.Purpose.PULL) {
      leadRows.stream()
          .filter(row -> LeadRow.isUntimed(row, mapping))
          .map(row -> LeadRow.recordId(row, mapping))
          .filter(id -> run.plannedLeads().row(id) == null)
          .forEach(id -> run.plannedLeads().timed(id, false));
    }
    leads.replaceAll((id, lead) -> run.plannedLeads().leadOr(lead));
    for (IncomingRecord record : page.records()) {
      LeadRow planned = run.plannedLeads().row(record.id());
      if (planned != null) {
        leads.putIfAbsent(record.id(), planned);
      }
    }
    PagePlanner planner = new PagePlanner(mapping, new RecordPlanner(mapping, granularity));
    return planner.plan(page, leads, agreed, run.client().id(), run.id(), RunRules.of(run));
  }

  /** The page, with what was read of its leads without a lock. */
  public Page seen(
      Page page, List<Map<String, Object>> leads, List<Map<String, Object>> state, Run run) {
    return page.seen(
        new PageLook(
            run, page.ids(), OneColumn.json(leads), agreed(state, run), isWaiting(state), false));
  }

  /**
   * The plan of a page of which nothing is to be written, as a look showed; none where something
   * is, or may be, so that it has to be decided under locks.
   */
  public List<PagePlan> unchanged(Page page, Run run) {
    PageLook look = page.look();
    if (look == null || look.waiting() || !look.isOf(page, run)) {
      return List.of();
    }
    if (look.same()) {
      return List.of(SameRecords.plan(page, run));
    }
    PagePlan plan = plan(page, look.leads(), new HashMap<>(look.agreed()), run);
    return plan.isQuiet() ? List.of(plan) : List.of();
  }

  /** Whether nothing was written of a page: the next one may be like it. */
  public static boolean isQuiet(List<PagePlan> applied) {
    return applied.stream().allMatch(PagePlan::isQuiet);
  }

  /**
   * Whether to look at a page's leads before they are locked: when the page before changed nothing,
   * so that this one may change nothing either.
   */
  public static boolean wantsLook(Page page, @Nullable Boolean quiet) {
    return page.look() == null && !Boolean.FALSE.equals(quiet);
  }

  /**
   * What of a decided page a dry run can try. A lead that the same run only plans to insert is not
   * there, so nothing can be changed of it: it was tried, and taken back, as a new one.
   */
  public PagePlan tried(PagePlan plan, Run run) {
    return plan.without(
        record ->
            record.kind() == RecordPlan.Kind.UPDATE
                && run.plannedLeads().isInserted(record.record().id()));
  }

  /**
   * Makes sure that every new lead was inserted.
   *
   * @throws UnwrittenException when one was not, because somebody inserted it meanwhile or a
   *     trigger kept it out: the page is to be decided again
   */
  public void ensureInserted(PagePlan plan, Number inserted) {
    ensureWritten(plan, plan.insertCount(), inserted);
  }

  /**
   * Makes sure that every changed lead was updated.
   *
   * @throws UnwrittenException when one was not: what nobody wrote must not be agreed on
   * @throws RunFailedException when a record has more rows than one
   */
  public void ensureUpdated(PagePlan plan, Number updated) {
    ensureWritten(plan, plan.updateCount(), updated);
  }

  /** Whether it has to be seen what a trigger made of the leads that were written. */
  public boolean wantsStored(PagePlan plan) {
    return plan.isWritingLeads();
  }

  /**
   * Makes sure that no trigger took away what was written of the portal's values, and notes what
   * PostgreSQL made of the others.
   *
   * @param leadRows the written leads as they are stored; none where all is stored as written
   * @throws UnwrittenException with the columns of the first lead that lost something
   */
  public PagePlan ensureStored(PagePlan plan, List<Map<String, Object>> leadRows, Run run) {
    StoredValues values = new StoredValues(plan.mapping());
    Map<String, LeadRow> stored = LeadRow.byRecord(OneColumn.json(leadRows), plan.mapping());
    for (RecordPlan record : plan.records()) {
      LeadRow lead = stored.get(record.record().id());
      Set<String> lost = lead == null ? Set.of() : values.lost(record, lead);
      if (!lost.isEmpty()) {
        throw UnwrittenException.altered(lost);
      }
    }
    PagePlan noted = plan.with(record -> values.noted(record, stored));
    AlteredValues.tell(plan, noted, run);
    return noted;
  }

  private static void ensureWritten(PagePlan plan, long planned, Number written) {
    if (written.longValue() > planned) {
      throw new RunFailedException(LeadsTable.unnamed(plan.mapping()));
    }
    if (written.longValue() != planned) {
      throw UnwrittenException.kept();
    }
  }

  /** A page applied as a whole, as the list of pages that one applied singly becomes. */
  public List<PagePlan> only(PagePlan plan) {
    return List.of(plan);
  }

  /**
   * Nothing of a page was applied.
   *
   * @throws NotAppliedException always
   */
  public void notApplied(Exception cause) {
    throw new NotAppliedException(cause);
  }

  /** A single record of which nothing is applied in this run. */
  public PagePlan none(Page page, Run run) {
    return single(page, List.of(), run);
  }

  /** A single record nothing of which PostgreSQL takes. */
  public PagePlan refused(RefusedRecord refused, Run run) {
    return failed(refused.whole(), refused.reason(), run);
  }

  /** A single record that could not be applied at all. */
  public PagePlan failed(Page page, Throwable cause, Run run) {
    return failed(page, FailureText.of(cause), run);
  }

  private static PagePlan failed(Page page, String reason, Run run) {
    String id = page.records().get(0).id();
    ObjectNode payload = JSON.createObjectNode();
    Instant tried = page.selectedAt().get(id);
    if (tried != null) {
      // It is tried again at once when the portal edits the lead.
      payload.put("updated_at", tried.toString());
    }
    Problem problem =
        new Problem(
            page.purpose().stage(),
            id,
            "",
            reason,
            id + ": the record could not be applied: " + reason,
            payload);
    return single(page, List.of(problem), run);
  }

  private static PagePlan single(Page page, List<Problem> problems, Run run) {
    return new PagePlan(
        run.mapping(), run.client().id(), run.id(), page.purpose(), List.of(), problems, false);
  }
}
