package io.reconciler.engine.apply.plan;

import io.reconciler.decide.Granularity;
import io.reconciler.decide.GroupValues;
import io.reconciler.side.mapping.FieldGroup;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.postgres.AgreedValues;
import io.reconciler.side.postgres.LeadRow;
import java.util.Objects;
import java.util.Set;

/**
 * Tells the engine's own write to a record from what somebody else touched in it, which counts
 * where a record is won as a whole. Pure.
 */
final class OwnTouch {

  private final Mapping mapping;
  private final Granularity granularity;

  OwnTouch(Mapping mapping, Granularity granularity) {
    this.mapping = mapping;
    this.granularity = granularity;
  }

  /**
   * What is known of a record; as of its present modification if that was made by a push of ours:
   * Airtable holds something that was sent and not yet known to have arrived, and nothing else than
   * both sides agreed on.
   *
   * @param computed the columns that Airtable computes, which say nothing about who touched it
   */
  AgreedValues seen(IncomingRecord record, LeadRow lead, AgreedValues known, Set<String> computed) {
    return granularity == Granularity.RECORD
            && hasArrived(record, known)
            && mapping.groups().stream().allMatch(group -> isOurs(group, record, known))
            && isAsPulled(record, lead, computed)
            && !isRowless(lead)
        ? known.withModified(record.modified())
        : known;
  }

  private boolean hasArrived(IncomingRecord record, AgreedValues known) {
    return mapping.groups().stream().anyMatch(group -> isSent(group, record, known));
  }

  private static boolean isSent(FieldGroup group, IncomingRecord record, AgreedValues known) {
    GroupValues sent = known.intent().get(group.name());
    return sent != null && record.has(group) && record.group(group).equals(sent);
  }

  // A field that is gone from Airtable was touched by nobody.
  private static boolean isOurs(FieldGroup group, IncomingRecord record, AgreedValues known) {
    return !record.has(group)
        || isSent(group, record, known)
        || record.group(group).equals(known.agreed().get(group.name()));
  }

  // Only stage 1 reads what Airtable owns.
  private boolean isAsPulled(IncomingRecord record, LeadRow lead, Set<String> computed) {
    return mapping.fields().stream()
        .filter(field -> field.group() == null && record.applies(field))
        .filter(field -> !computed.contains(field.column()))
        .allMatch(
            field ->
                Objects.equals(
                    field.normalise(lead.values().get(field.column())),
                    field.normalise(record.values().get(field.column()))));
  }

  // Whether such a key is an edit is told by the time up to which both sides agreed.
  private boolean isRowless(LeadRow lead) {
    return mapping.groups().stream()
        .map(lead::group)
        .anyMatch(group -> group.values().keySet().stream().anyMatch(group::rowless));
  }
}
