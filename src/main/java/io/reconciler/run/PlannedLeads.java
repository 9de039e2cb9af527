package io.reconciler.run;

import io.reconciler.store.AgreedValues;
import io.reconciler.store.LeadRow;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the stage 1 of a dry run would have left the leads, for its stage 2 to go on from; empty in a
 * real run. Used by one thread.
 */
public final class PlannedLeads {

  private final Map<String, LeadRow> leads = new HashMap<>();
  private final Map<String, AgreedValues> agreed = new HashMap<>();
  private final Map<String, String> conflicts = new HashMap<>();
  private final Set<String> gone = new HashSet<>();

  PlannedLeads() {}

  /** A lead's columns would be these. */
  public void lead(String recordId, LeadRow planned) {
    leads.put(recordId, planned);
  }

  /** These values would be agreed on. */
  public void agreed(String recordId, AgreedValues planned) {
    agreed.put(recordId, planned);
  }

  /** A conflict of this field group would be settled so. */
  public void conflict(String recordId, String group, String decision) {
    conflicts.put(recordId + ' ' + group, decision);
  }

  /** These records' leads would be inactive. */
  public void gone(Collection<String> recordIds) {
    gone.addAll(recordIds);
  }

  /** The agreed values as they would be, null when those that are stored would stay. */
  public @Nullable AgreedValues agreed(String recordId) {
    return agreed.get(recordId);
  }

  /** The lead as it would be. */
  public LeadRow leadOr(LeadRow stored) {
    return leads.getOrDefault(stored.recordId(), stored);
  }

  /** The agreed values as they would be. */
  public AgreedValues agreedOr(String recordId, AgreedValues stored) {
    return agreed.getOrDefault(recordId, stored);
  }

  /** How a conflict of this field group would have been settled, null if there was none. */
  public @Nullable String conflict(String recordId, String group) {
    return conflicts.get(recordId + ' ' + group);
  }

  /** Whether the record's lead would be inactive. */
  public boolean isGone(String recordId) {
    return gone.contains(recordId);
  }
}
