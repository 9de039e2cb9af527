package io.reconciler.engine.push;

import io.reconciler.engine.apply.plan.RecordPlan;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Candidates whose records are read in one request. */
public record Chunk(List<Candidate> candidates) {

  public Chunk {
    candidates = List.copyOf(candidates);
  }

  /** Whether there is nothing to read. */
  public boolean isEmpty() {
    return candidates.isEmpty();
  }

  public List<String> recordIds() {
    return candidates.stream().map(candidate -> candidate.lead().recordId()).toList();
  }

  Map<String, Instant> selectedAt() {
    Map<String, Instant> times = new HashMap<>();
    candidates.forEach(c -> times.put(c.lead().recordId(), c.lead().updatedAt()));
    return times;
  }

  Map<String, Set<String>> held() {
    Map<String, Set<String>> held = new HashMap<>();
    candidates.forEach(c -> held.put(c.lead().recordId(), c.held()));
    return held;
  }

  /** The leads of these plans, as they are left. */
  Map<String, Candidate> after(Stream<RecordPlan> plans) {
    Map<String, Candidate> before = new HashMap<>();
    candidates.forEach(c -> before.put(c.lead().recordId(), c));
    Map<String, Candidate> after = new HashMap<>();
    plans.forEach(
        plan -> {
          Candidate candidate = before.get(plan.record().id());
          if (candidate != null) {
            after.put(plan.record().id(), candidate.after(plan));
          }
        });
    return after;
  }

  List<Candidate> of(List<String> recordIds) {
    Set<String> ids = Set.copyOf(recordIds);
    return candidates.stream().filter(c -> ids.contains(c.lead().recordId())).toList();
  }
}
