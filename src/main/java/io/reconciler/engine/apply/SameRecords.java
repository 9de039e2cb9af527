package io.reconciler.engine.apply;

import io.reconciler.decide.GroupValues;
import io.reconciler.engine.apply.plan.IncomingRecord;
import io.reconciler.engine.apply.plan.JsonRows;
import io.reconciler.engine.apply.plan.Page;
import io.reconciler.engine.apply.plan.PageLook;
import io.reconciler.engine.apply.plan.PagePlan;
import io.reconciler.engine.apply.plan.RecordPlan;
import io.reconciler.engine.run.Run;
import io.reconciler.side.mapping.FieldGroup;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.postgres.AgreedValues;
import io.reconciler.side.postgres.statement.RowText;
import io.reconciler.side.postgres.statement.SameStatement;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Pages of which PostgreSQL itself may say that nothing is to be written: each lead holds what its
 * record does, both sides agree on just that, and nothing waits. Any other answer says nothing.
 */
public final class SameRecords {

  /**
   * Whether that can be asked of a page: everything of its records was read, and nothing but their
   * values decides.
   */
  public boolean canBe(Page page, Run run) {
    int fields = run.mapping().airtableFields().size();
    return page.purpose() == Page.Purpose.PULL
        && !run.request().dryRun()
        && run.table().leftOut().isEmpty()
        && run.coverage().doubtedSince() == null
        && SameStatement.serves(run.mapping())
        && page.records().stream().allMatch(record -> isWhole(record, fields));
  }

  private static boolean isWhole(IncomingRecord record, int fields) {
    return record.failures().isEmpty()
        && record.refused().isEmpty()
        && record.unlinked().isEmpty()
        && record.values().size() == fields;
  }

  /** What the statement compares, one row a record. */
  public byte[] rows(Page page, Run run) {
    Mapping mapping = run.mapping();
    List<FieldMapping> texts = SameStatement.texts(mapping);
    List<FieldMapping> others = SameStatement.others(mapping);
    return JsonRows.of(
        rows -> {
          for (IncomingRecord record : page.records()) {
            rows.begin();
            known(record, mapping, rows);
            rows.put(SameStatement.ROW, RowText.of(texts, record.values()));
            for (FieldMapping field : others) {
              rows.put(field.column(), field.toColumn(record.values().get(field.column())));
            }
            rows.end();
          }
        });
  }

  private static void known(IncomingRecord record, Mapping mapping, JsonRows rows)
      throws IOException {
    Map<String, GroupValues> agreed = new LinkedHashMap<>();
    for (FieldGroup group : mapping.groups()) {
      agreed.put(group.name(), record.group(group));
    }
    Instant seen = mapping.hasModifiedField() ? record.modified() : record.created();
    rows.put(SameStatement.RECORD, record.id());
    rows.put(SameStatement.MODIFIED, seen);
    rows.put(SameStatement.AGREED, AgreedValues.json(agreed, mapping));
  }

  /** The page, with that nothing is to be written of it, when all of its records are the same. */
  public Page seen(Page page, Number same, Run run) {
    return same.longValue() == page.records().size()
        ? page.seen(PageLook.same(run, page.ids()))
        : page;
  }

  static PagePlan plan(Page page, Run run) {
    return new PagePlan(
        run.mapping(),
        run.client().id(),
        run.id(),
        page.purpose(),
        page.records().stream().map(SameRecords::plan).toList(),
        List.of(),
        page.together());
  }

  private static RecordPlan plan(IncomingRecord record) {
    return new RecordPlan(
        RecordPlan.Kind.UNCHANGED,
        record,
        record.values(),
        List.of(),
        record.modified(),
        AgreedValues.NONE,
        false,
        List.of(),
        Map.of(),
        List.of());
  }
}
