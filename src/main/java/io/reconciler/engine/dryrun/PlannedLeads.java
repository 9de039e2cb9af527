package io.reconciler.engine.dryrun;

import io.reconciler.side.postgres.AgreedValues;
import io.reconciler.side.postgres.LeadRow;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the stage 1 of a dry run would have left the leads, for its stage 2 to go on from; empty in a
 * real run. Keeps the values only of leads that stage 2 has to look at. Used by one thread.
 */
public final class PlannedLeads {

  /** Of so many leads all is kept, whatever follows: some records are read twice. */
  private static final int FEW = 1000;

  private final Map<String, LeadRow> leads = new HashMap<>();
  private final Map<String, LeadRow> rows = new HashMap<>();
  private final Map<String, AgreedValues> agreed = new HashMap<>();
  private final Map<String, String> conflicts = new HashMap<>();
  private final Set<String> inserted = new HashSet<>();
  private final Set<String> inStep = new HashSet<>();
  private final Set<String> gone = new HashSet<>();
  private final Set<String> woken = new HashSet<>();
  private final Set<String> reactivated = new HashSet<>();
  private final Set<String> pulled = new HashSet<>();
  private final Set<String> pushed = new HashSet<>();
  private final Set<String> untimed = new HashSet<>();
  private final PlannedKeys keys = new PlannedKeys();
  private boolean seenAgain;

  public PlannedLeads() {}

  /** This record's lead holds no time of an edit that can be read, or would be given one. */
  public void timed(String recordId, boolean isTimed) {
    if (isTimed) {
      untimed.remove(recordId);
    } else {
      untimed.add(recordId);
    }
  }

  /** Whether it would hold none: its edits rest for no grace period. */
  public boolean isUntimed(String recordId) {
    return untimed.contains(recordId);
  }

  /** What would be there once, and where. */
  public PlannedKeys keys() {
    return keys;
  }

  /** This record would get a row; what is agreed on is kept for as many as whole leads are. */
  public void inserted(String recordId, AgreedValues planned) {
    inserted.add(recordId);
    if (keepsMore()) {
      agreed.put(recordId, planned);
    }
  }

  /** Whether it would get one. */
  public boolean isInserted(String recordId) {
    return inserted.contains(recordId);
  }

  /** Whether this is the first time that a record is planned by that stage: it is told once. */
  public boolean first(String recordId, boolean pull) {
    return (pull ? pulled : pushed).add(recordId);
  }

  /** Records may be seen again, for fields that are back: whole leads are kept. */
  public void seenAgain() {
    seenAgain = true;
  }

  /** A whole lead would be this one; kept of all only when they may be seen again. */
  public void row(LeadRow planned) {
    if (keepsMore() || rows.containsKey(planned.recordId())) {
      rows.put(planned.recordId(), planned);
    }
  }

  private boolean keepsMore() {
    return seenAgain || rows.size() < FEW;
  }

  /** The lead that would be new, null when there is none of this record. */
  public @Nullable LeadRow row(String recordId) {
    return rows.get(recordId);
  }

  /** A lead's portal-owned columns would be these. */
  public void lead(String recordId, LeadRow planned) {
    leads.put(recordId, planned);
  }

  /** These values would be agreed on. */
  public void agreed(String recordId, AgreedValues planned) {
    inStep.remove(recordId);
    agreed.put(recordId, planned);
  }

  /** Both sides would hold what is agreed on. */
  public void inStep(String recordId) {
    leads.remove(recordId);
    agreed.remove(recordId);
    inStep.add(recordId);
  }

  /** A conflict of this field group would be decided so. */
  public void conflict(String recordId, String group, String decision) {
    conflicts.put(recordId + ' ' + group, decision);
  }

  /** This record's lead would be active again. */
  public void reactivate(String recordId) {
    reactivated.add(recordId);
  }

  /** Whether this record's lead would be active again. */
  public boolean isReactivated(String recordId) {
    return reactivated.contains(recordId);
  }

  /** The dead letters of this record would be tried again. */
  public void wake(String recordId) {
    woken.add(recordId);
  }

  /** These records' leads would be inactive. */
  public void gone(Collection<String> recordIds) {
    gone.addAll(recordIds);
  }

  /** The agreed values as they would be, null when those that are stored would stay. */
  public @Nullable AgreedValues agreed(String recordId) {
    return agreed.get(recordId);
  }

  public LeadRow leadOr(LeadRow stored) {
    LeadRow planned =
        rows.containsKey(stored.recordId())
            ? rows.get(stored.recordId())
            : leads.get(stored.recordId());
    if (planned == null) {
      return stored;
    }
    Map<String, @Nullable Object> values = new LinkedHashMap<>(stored.values());
    values.putAll(planned.values());
    return stored.planned(planned.updatedAt(), values);
  }

  /** The agreed values as they would be. */
  public AgreedValues agreedOr(String recordId, AgreedValues stored) {
    return agreed.getOrDefault(recordId, stored);
  }

  /** How a conflict of this field group would have been decided, null if there was none. */
  public @Nullable String conflict(String recordId, String group) {
    return conflicts.get(recordId + ' ' + group);
  }

  /** Whether stage 1 would have left the portal a change of this record to send. */
  public boolean isPending(String recordId) {
    AgreedValues planned = agreed.get(recordId);
    return planned != null && planned.pending();
  }

  /** The leads that would be active again and hold a change of the portal to send. */
  public List<LeadRow> reactivatedPending() {
    return reactivated.stream()
        .filter(this::isPending)
        .map(leads::get)
        .filter(Objects::nonNull)
        .toList();
  }

  /** The other leads that would hold a change of the portal, but for those of these records. */
  public List<LeadRow> newlyPending(Set<String> but) {
    return leads.entrySet().stream()
        .filter(lead -> isPending(lead.getKey()) && !but.contains(lead.getKey()))
        .filter(lead -> !isReactivated(lead.getKey()) && !isDone(lead.getKey()))
        .map(Map.Entry::getValue)
        .toList();
  }

  /** Whether its dead letters would be tried again. */
  public boolean isWoken(String recordId) {
    return woken.contains(recordId);
  }

  /** Whether stage 2 has nothing to do about the record. */
  public boolean isDone(String recordId) {
    return gone.contains(recordId) || inStep.contains(recordId);
  }
}
