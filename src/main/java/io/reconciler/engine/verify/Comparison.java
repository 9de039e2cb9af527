package io.reconciler.engine.verify;

import io.reconciler.engine.apply.plan.IncomingRecord;
import io.reconciler.engine.run.Client;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.postgres.LeadRow;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The comparison of one client's sides as far as it has come. Used by one thread. */
final class Comparison {

  /** Differences kept, so that two sides that have nothing in common still fit into memory. */
  static final int KEPT = 100_000;

  private final Client client;
  private final Mapping mapping;
  private final FieldComparison fields;
  private final Set<String> compared = new HashSet<>();
  private final List<Difference> differences = new ArrayList<>();
  private final List<String> missing = new ArrayList<>();
  private final List<String> extra = new ArrayList<>();
  private final Map<Cause, Long> causes = new EnumMap<>(Cause.class);
  private long matched;
  private long different;
  private long leftOut;
  private long notLinked;

  Comparison(Client client, Mapping mapping) {
    this.client = client;
    this.mapping = mapping;
    this.fields = new FieldComparison(mapping);
  }

  /** Whether the record was compared already: a listing may show it twice. */
  boolean knows(String recordId) {
    return compared.contains(recordId);
  }

  long count() {
    return compared.size();
  }

  /** Compares a record, which has this lead, if any. */
  void compare(IncomingRecord record, @Nullable LeadRow lead, RecordStanding known) {
    if (!compared.add(record.id())) {
      return;
    }
    if (lead == null || !isActive(lead) || !client.id().equals(lead.clientId())) {
      missing.add(record.id());
      count(known.missing(lead == null));
      return;
    }
    List<Difference> found = fields.differences(record, lead, known);
    if (found.isEmpty()) {
      matched++;
    } else {
      different++;
      found.forEach(difference -> count(difference.cause()));
      keep(found);
    }
  }

  /** An active lead has no record. */
  void extra(String recordId) {
    extra.add(recordId);
    count(Cause.UNEXPLAINED);
  }

  /** So many leads of the client have no record by design. */
  void notLinked(long leads) {
    notLinked = leads;
  }

  /** How the sides compare; errors are what was no record. */
  VerifyResult result(@Nullable String table, List<String> errors) {
    return new VerifyResult(
        table,
        client.id(),
        client.baseId(),
        matched,
        different,
        missing.size(),
        extra.size(),
        notLinked,
        totals(),
        differences,
        missing,
        extra,
        leftOut,
        errors);
  }

  private void count(Cause cause) {
    causes.merge(cause, 1L, Long::sum);
  }

  private Map<Cause, Long> totals() {
    Map<Cause, Long> totals = new EnumMap<>(Cause.class);
    for (Cause cause : Cause.values()) {
      totals.put(cause, causes.getOrDefault(cause, 0L));
    }
    // Few tables have a trigger that does so, or policies.
    totals.remove(Cause.ALTERED, 0L);
    totals.remove(Cause.ROW_SECURITY, 0L);
    return totals;
  }

  private boolean isActive(LeadRow lead) {
    return lead.isActive(mapping);
  }

  private void keep(List<Difference> found) {
    int room = Math.min(found.size(), KEPT - differences.size());
    differences.addAll(found.subList(0, room));
    leftOut += found.size() - room;
  }
}
