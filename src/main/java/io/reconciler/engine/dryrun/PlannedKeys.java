package io.reconciler.engine.dryrun;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The unique values a dry run would have moved, per lead. Used by one thread. */
public final class PlannedKeys {

  /** No more leads than this are looked at together. */
  private static final int MOST = 500;

  private final Map<String, Lead> leads = new HashMap<>();
  private final Map<String, Set<String>> byText = new HashMap<>();

  PlannedKeys() {}

  /**
   * A lead as it would be.
   *
   * @param isNew whether it is not there yet
   * @param row its values
   * @param texts by which such values are found
   */
  public record Lead(boolean isNew, JsonNode row, Set<String> texts) {}

  public boolean isEmpty() {
    return leads.isEmpty();
  }

  /** A lead would be this one, and no longer have what the other texts stand for. */
  public void plan(String recordId, Lead lead, Collection<String> before) {
    leads.put(recordId, lead);
    lead.texts().forEach(text -> at(text).add(recordId));
    before.forEach(text -> at(text).add(recordId));
  }

  private Set<String> at(String text) {
    return byText.computeIfAbsent(text, key -> new TreeSet<>());
  }

  /** The leads that have, or had, what these texts stand for, and those beside them. */
  public Map<String, Lead> near(Collection<String> texts, Collection<String> but) {
    Map<String, Lead> near = new LinkedHashMap<>();
    Deque<String> left = new ArrayDeque<>(texts);
    while (!left.isEmpty() && near.size() < MOST) {
      for (String id : byText.getOrDefault(left.remove(), Set.of())) {
        Lead lead = leads.get(id);
        if (lead != null && !but.contains(id) && near.putIfAbsent(id, lead) == null) {
          left.addAll(lead.isNew() ? List.of() : lead.texts());
        }
      }
    }
    return near;
  }
}
