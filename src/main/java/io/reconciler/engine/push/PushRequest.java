package io.reconciler.engine.push;

import io.reconciler.side.postgres.RecordIds;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is to be sent to Airtable at once; whatever else the portal changed waits for its run.
 *
 * @param groups the names of the field groups by record; none stands for all of them
 */
public record PushRequest(Map<String, Set<String>> groups) {

  public PushRequest {
    groups = Map.copyOf(groups);
  }

  /** The same, with a field group of a record more; an empty name asks for all of them. */
  public PushRequest with(String recordId, String group) {
    Map<String, Set<String>> more = new HashMap<>(groups);
    Set<String> before = groups.get(recordId);
    Set<String> names = new HashSet<>(before == null ? Set.of() : before);
    boolean every = group.isEmpty() || (before != null && before.isEmpty());
    names.add(group);
    more.put(recordId, every ? Set.of() : Set.copyOf(names));
    return new PushRequest(more);
  }

  /** Whether nothing is asked for. */
  public boolean isEmpty() {
    return groups.isEmpty();
  }

  /** The records as a JSON array, for the statement. */
  public String recordIds() {
    return new RecordIds(List.copyOf(groups.keySet())).recordIds();
  }

  /** Whether a field group of a record is not asked for. */
  boolean leaves(String recordId, String group) {
    Set<String> asked = groups.getOrDefault(recordId, Set.of());
    return !asked.isEmpty() && !asked.contains(group);
  }
}
