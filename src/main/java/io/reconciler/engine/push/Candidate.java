package io.reconciler.engine.push;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.decide.GroupValues;
import io.reconciler.engine.apply.plan.RecordPlan;
import io.reconciler.engine.dryrun.PlannedLeads;
import io.reconciler.side.mapping.FieldGroup;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.postgres.AgreedValues;
import io.reconciler.side.postgres.LeadRow;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A lead whose portal-owned values differ from the agreed ones.
 *
 * @param inGrace whether it changed too recently to be pushed, or waits for a record to link to
 * @param held its field groups that wait in the dead letters with just these values
 */
record Candidate(LeadRow lead, boolean inGrace, Set<String> held) {

  /** Reads a row of the candidates' statement; empty when there is nothing to do about the lead. */
  static List<Candidate> of(
      JsonNode row, Mapping mapping, PlannedLeads planned, GracePeriod grace) {
    LeadRow lead = LeadRow.of(row, mapping);
    boolean waits = waits(row.path("@whole"), lead) && !planned.isWoken(lead.recordId());
    return waits ? List.of() : of(row, mapping, planned, grace, false);
  }

  /**
   * Reads a row of those whose whole record failed before: they are tried again, whatever differs.
   */
  static List<Candidate> due(
      JsonNode row, Mapping mapping, PlannedLeads planned, GracePeriod grace) {
    return of(row, mapping, planned, grace, true);
  }

  /** Leads of which a dry run has planned that they hold a change of the portal. */
  static List<Candidate> planned(List<LeadRow> leads, PlannedLeads planned, GracePeriod grace) {
    return leads.stream()
        .map(lead -> new Candidate(lead, rests(lead, planned, grace), Set.of()))
        .toList();
  }

  private static boolean rests(LeadRow lead, PlannedLeads planned, GracePeriod grace) {
    return !planned.isUntimed(lead.recordId()) && grace.covers(lead.updatedAt());
  }

  private static List<Candidate> of(
      JsonNode row, Mapping mapping, PlannedLeads planned, GracePeriod grace, boolean due) {
    LeadRow read = LeadRow.of(row, mapping);
    AgreedValues agreed =
        planned.agreedOr(read.recordId(), AgreedValues.of(row.path("@known"), mapping));
    LeadRow stored = read.asWritten(agreed, mapping);
    LeadRow lead = planned.leadOr(stored);
    List<FieldGroup> changed =
        mapping.groups().stream()
            .filter(group -> isChanged(lead.group(group), group, agreed))
            .toList();
    List<FieldGroup> held =
        planned.isWoken(lead.recordId())
            ? List.of()
            : changed.stream()
                .filter(group -> waits(row.path("@held").get(group.name()), lead, group))
                .toList();
    List<FieldGroup> open = changed.stream().filter(group -> !held.contains(group)).toList();
    if ((!due && open.isEmpty()) || planned.isDone(lead.recordId())) {
      return List.of();
    }
    // It is known as pending, and nothing can be sent of it before its link has a record.
    boolean waits =
        !due && agreed.pending() && open.stream().allMatch(group -> lead.group(group).waits());
    boolean inGrace =
        lead.equals(stored) ? row.path("@in_grace").asBoolean() : rests(lead, planned, grace);
    return List.of(
        new Candidate(
            lead,
            inGrace || waits,
            held.stream().map(FieldGroup::name).collect(Collectors.toSet())));
  }

  // What was sent and never answered may have arrived: the portal's going back to the agreed value
  // is then a change like any other.
  private static boolean isChanged(GroupValues portal, FieldGroup group, AgreedValues agreed) {
    GroupValues sent = agreed.intent().get(group.name());
    return (sent != null && !portal.equals(sent))
        || !portal.equals(agreed.agreed().get(group.name()));
  }

  /** The same lead, as a decision about it has left it. */
  Candidate after(RecordPlan plan) {
    Instant updatedAt = plan.kind() == RecordPlan.Kind.UPDATE ? plan.updatedAt() : lead.updatedAt();
    LeadRow left = new LeadRow(lead.clientId(), lead.recordId(), updatedAt, plan.row());
    return new Candidate(left, inGrace, held);
  }

  // A lead whose whole record failed waits until it is edited, or its dead letter is due: then the
  // statement of the due ones brings it.
  private static boolean waits(JsonNode letter, LeadRow lead) {
    if (!letter.isObject() || letter.path("due").asBoolean()) {
      return letter.isObject();
    }
    JsonNode tried = letter.path("payload").path("updated_at");
    return tried.isTextual()
        ? lead.updatedAt().equals(instant(tried))
        : !lead.updatedAt().isAfter(instant(letter.path("last_at")));
  }

  private static Instant instant(JsonNode text) {
    return OffsetDateTime.parse(text.asText()).toInstant();
  }

  private static boolean waits(@Nullable JsonNode payload, LeadRow lead, FieldGroup group) {
    return payload != null && lead.group(group).equals(AgreedValues.group(payload, group));
  }
}
