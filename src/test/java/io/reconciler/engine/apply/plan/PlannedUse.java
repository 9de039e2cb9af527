package io.reconciler.engine.apply.plan;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.decide.Granularity;
import io.reconciler.decide.GroupValues;
import io.reconciler.side.mapping.Converted;
import io.reconciler.side.mapping.FieldGroup;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.postgres.AgreedValues;
import io.reconciler.side.postgres.LeadRow;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One record that a page is planned for, for one use: both sides before, and what is planned. */
record PlannedUse(
    String name, Page page, @Nullable LeadRow lead, AgreedValues known, PagePlan planned) {

  static final Mapping MAPPING = PlannerScenario.MAPPING;
  static final UUID RUN = UUID.fromString("0e000000-0000-4000-8000-000000000002");
  static final PagePlanner PLANNER =
      new PagePlanner(MAPPING, new RecordPlanner(MAPPING, Granularity.FIELD));

  static PlannedUse of(PlannerScenario scenario, Page.Purpose purpose) {
    return of(
        purpose + ": " + scenario,
        scenario.page(purpose),
        scenario.leads().get(scenario.recordId()),
        scenario.agreed().getOrDefault(scenario.recordId(), AgreedValues.NONE));
  }

  static PlannedUse of(String name, Page page, @Nullable LeadRow lead, AgreedValues known) {
    String record = page.records().get(0).id();
    return new PlannedUse(
        name,
        page,
        lead,
        known,
        PLANNER.plan(
            page,
            lead == null ? Map.of() : Map.of(record, lead),
            known == AgreedValues.NONE ? Map.of() : Map.of(record, known),
            PlannerScenario.CLIENT,
            RUN,
            RunRules.NONE));
  }

  IncomingRecord record() {
    return page.records().get(0);
  }

  Page.Purpose purpose() {
    return page.purpose();
  }

  boolean isPlanned() {
    return !planned.records().isEmpty();
  }

  RecordPlan plan() {
    return planned.records().get(0);
  }

  Set<String> held() {
    return page.held().getOrDefault(record().id(), Set.of());
  }

  /** The lead as PostgreSQL holds it once the plan is written. */
  LeadRow leadAfter() {
    return plan().writesLead()
        ? new LeadRow(PlannerScenario.CLIENT, record().id(), plan().updatedAt(), plan().row())
        : Objects.requireNonNull(lead);
  }

  /** What is agreed on once the plan is written. */
  AgreedValues knownAfter() {
    return plan().agreedChanged() ? plan().agreed() : known;
  }

  /** The record as Airtable holds it once the plan's cells are sent. */
  IncomingRecord recordAfter() {
    IncomingRecord record = record();
    if (plan().patch().isEmpty()) {
      return record;
    }
    Map<String, @Nullable Object> values = new LinkedHashMap<>(record.values());
    Map<String, Converted.Failed> failures = new HashMap<>(record.failures());
    for (FieldMapping field : MAPPING.airtableFields()) {
      JsonNode cell = plan().patch().get(Objects.requireNonNull(field.airtableField()));
      if (cell != null) {
        values.put(field.column(), ((Converted.Value) field.convert(cell)).value());
        failures.remove(field.column());
      }
    }
    Instant modified = later(record.modified(), plan().updatedAt()).plusSeconds(1);
    return new IncomingRecord(record.id(), record.created(), modified, values, failures);
  }

  /** The same use again, once it is written; what was sent has not arrived yet. */
  PlannedUse again() {
    return of(name + ", again", pageOf(purpose(), record()), leadAfter(), knownAfter());
  }

  /** Another use after this one, of the record as Airtable holds it then. */
  PlannedUse then(Page.Purpose next) {
    return of(name + ", then " + next, pageOf(next, recordAfter()), leadAfter(), knownAfter());
  }

  private Page pageOf(Page.Purpose use, IncomingRecord record) {
    List<IncomingRecord> records = List.of(record);
    return switch (use) {
      case PULL -> Page.pulled(records);
      case REFRESH -> Page.refreshed(records);
      case LINKS -> Page.links(records);
      case PREPARE_PUSH ->
          plan().kind() == RecordPlan.Kind.IN_GRACE
              ? page
              : Page.candidates(records, Map.of(record.id(), leadAfter().updatedAt()), page.held());
      case CONFIRM_PUSH ->
          Page.confirmed(
              records,
              purpose() == use
                  ? page.sent()
                  : Map.of(record.id(), Set.copyOf(plan().agreed().intent().keySet())));
    };
  }

  /** What the row holds of a group once the plan is written. */
  GroupValues rowAfter(FieldGroup group) {
    return new LeadRow(null, "", Instant.EPOCH, plan().row()).group(group);
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  @Override
  public String toString() {
    return name;
  }
}
