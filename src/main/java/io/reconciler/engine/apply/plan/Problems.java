package io.reconciler.engine.apply.plan;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reconciler.decide.Unconvertible;
import io.reconciler.engine.run.Stage;
import io.reconciler.side.mapping.Converted;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.StoredLinks;
import io.reconciler.side.postgres.AgreedValues;
import io.reconciler.side.postgres.LeadRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says what of a record could not be applied, and why. Pure. */
final class Problems {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String UPDATED_AT = "updated_at";

  private final Mapping mapping;

  Problems(Mapping mapping) {
    this.mapping = mapping;
  }

  /** What a planned record leaves undone; its lead is null when it is new. */
  List<Problem> of(Page page, RecordPlan plan, @Nullable LeadRow lead) {
    List<Problem> problems = new ArrayList<>();
    IncomingRecord record = plan.record();
    boolean pull = page.purpose().stage() == Stage.PULL;
    record
        .failures()
        .forEach(
            (column, failed) -> {
              if (pull || record.refused().contains(column)) {
                problems.add(bad(record, column, failed, lead == null));
              }
            });
    if (pull && lead != null) {
      problems.addAll(unreadable(record, lead));
    }
    plan.outcomes().forEach(outcome -> problems.addAll(replaced(record, outcome)));
    if (page.purpose() == Page.Purpose.PREPARE_PUSH) {
      Set<String> held = page.held().getOrDefault(record.id(), Set.of());
      plan.outcomes().stream()
          .filter(
              outcome ->
                  outcome.unreadable()
                      && !outcome.waits()
                      && !held.contains(outcome.group().name()))
          .forEach(outcome -> problems.add(unreadable(record, outcome)));
    }
    return problems;
  }

  /** A record whose lead is another client's. */
  static Problem foreign(Page page, IncomingRecord record) {
    String reason =
        "the lead of this record belongs to another client; nothing of it was changed. Is the base"
            + " a copy of another one? `reconciler check` says so if there is no such client any more";
    return new Problem(
        page.purpose().stage(),
        record.id(),
        "",
        reason,
        record.id() + ": " + reason,
        JSON.createObjectNode());
  }

  private Problem bad(
      IncomingRecord record, String column, Converted.Failed failed, boolean newLead) {
    FieldMapping field = mapping.column(column);
    String left = left(record, field, newLead);
    String text =
        "%s, field \"%s\": %s; %s"
            .formatted(record.id(), field.airtableField(), failed.reason(), left);
    ObjectNode payload = held(failed.raw());
    if (record.refused().contains(column)) {
      payload.put("refused", true);
    }
    List<String> missing = record.unlinked().get(column);
    if (missing != null) {
      missing.forEach(payload.putArray("links")::add);
    }
    return new Problem(Stage.PULL, record.id(), column, failed.reason(), text, payload);
  }

  private static String left(IncomingRecord record, FieldMapping field, boolean newLead) {
    if (record.unlinked().containsKey(field.column()) && record.applies(field)) {
      return "the column %s is filled when there is one".formatted(field.column());
    }
    return newLead ? firstValue(field) : "the column %s keeps its value".formatted(field.column());
  }

  private static String firstValue(FieldMapping field) {
    return field.notNull()
        ? "the new lead has the default in the column " + field.column()
        : "the new lead has nothing in the column " + field.column();
  }

  /** What an Airtable-owned column held and no cell can: Airtable's value is written over it. */
  private List<Problem> unreadable(IncomingRecord record, LeadRow lead) {
    List<Problem> problems = new ArrayList<>();
    for (FieldMapping field : mapping.fields()) {
      String column = field.column();
      if (field.group() == null
          && !record.failures().containsKey(column)
          && lead.values().get(column) instanceof Unconvertible bad
          && !field.isLinked()) {
        String then = record.values().containsKey(column) ? "; Airtable's value replaces it" : "";
        problems.add(unreadable(record, column, bad.reason() + then, held(bad.raw())));
      }
    }
    if (lead.badTime() != null) {
      String reason =
          "the stored value %s can't be read as a time; the lead counts as edited when it was made"
              .formatted(lead.badTime());
      problems.add(unreadable(record, UPDATED_AT, reason, held(lead.badTime())));
    }
    return problems;
  }

  private static ObjectNode held(String raw) {
    return JSON.createObjectNode().put("value", raw);
  }

  private static Problem unreadable(
      IncomingRecord record, String column, String reason, ObjectNode payload) {
    return new Problem(
        Stage.PULL,
        record.id(),
        column,
        reason,
        "%s, column %s: %s".formatted(record.id(), column, reason),
        payload);
  }

  /**
   * Keys without a row in a link of the portal's that make way for Airtable's value. If nobody
   * touched the lead it was its row that went, or came back under another key: no edit is lost.
   */
  private static List<Problem> replaced(IncomingRecord record, GroupOutcome outcome) {
    List<Problem> problems = new ArrayList<>();
    if (outcome.state().mayBeEdited() && !outcome.conflict()) {
      for (FieldMapping field : outcome.group().fields()) {
        String column = field.column();
        if (outcome.replaces(column)
            && outcome.state().portal().get(column) instanceof Unconvertible bad) {
          String reason = bad.reason() + "; Airtable's value replaces it";
          // Nothing that comes later makes it good: it stays until somebody has looked at it.
          ObjectNode payload = held(StoredLinks.keys(bad)).put("replaced", true);
          problems.add(unreadable(record, column, reason, payload));
        }
      }
    }
    return problems;
  }

  private static Problem unreadable(IncomingRecord record, GroupOutcome outcome) {
    String column =
        outcome.group().fields().stream()
            .map(FieldMapping::column)
            .filter(name -> outcome.state().portal().get(name) instanceof Unconvertible)
            .findFirst()
            .orElse("");
    Unconvertible bad =
        (Unconvertible) Objects.requireNonNull(outcome.state().portal().get(column));
    return new Problem(
        Stage.PUSH,
        record.id(),
        outcome.group().name(),
        column + ": " + bad.reason(),
        "%s, column %s: %s; it can't be sent to Airtable"
            .formatted(record.id(), column, bad.reason()),
        AgreedValues.json(outcome.state().portal(), outcome.group()));
  }
}
