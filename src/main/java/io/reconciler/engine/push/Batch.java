package io.reconciler.engine.push;

import static java.util.stream.Collectors.toSet;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.engine.apply.plan.IncomingRecord;
import io.reconciler.engine.run.Batches;
import io.reconciler.side.airtable.AirtableException;
import io.reconciler.side.airtable.AirtableRecord;
import io.reconciler.side.airtable.AirtableRequests;
import io.reconciler.side.mapping.Mapping;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Changes that go in one PATCH, one a record. */
public record Batch(List<Push> pushes) {

  /** Records in one batch at most. */
  static final int LARGEST = AirtableRequests.BATCH_SIZE;

  public Batch {
    pushes = List.copyOf(pushes);
  }

  /** The cells to send, by record. */
  Map<String, Map<String, JsonNode>> fieldsByRecord() {
    Map<String, Map<String, JsonNode>> fields = new LinkedHashMap<>();
    pushes.forEach(push -> fields.put(push.recordId(), push.fields()));
    return fields;
  }

  /** The field groups that are sent, by record. */
  Map<String, Set<String>> groupsByRecord() {
    Map<String, Set<String>> groups = new LinkedHashMap<>();
    pushes.forEach(push -> groups.put(push.recordId(), Set.copyOf(push.cells().keySet())));
    return groups;
  }

  /**
   * Makes sure that what was sent is in the answer to it.
   *
   * @param read the records of the answer, converted
   * @throws AirtableException.Rejected when something is not
   */
  void ensureArrived(List<AirtableRecord> answer, List<IncomingRecord> read, Mapping mapping) {
    Map<String, Push> byId = new HashMap<>();
    pushes.forEach(push -> byId.put(push.recordId(), push));
    for (int i = 0; i < answer.size(); i++) {
      Push push = byId.get(answer.get(i).id());
      if (push != null) {
        new Arrived(push, answer.get(i), read.get(i)).ensure(mapping.groups());
      }
    }
  }

  /** The same changes as they are decided now, of those records that still have one. */
  Batch again(Map<String, Push> decided, Set<String> splitRecords) {
    List<Push> again = new ArrayList<>();
    for (Push push : pushes) {
      Push now = decided.get(push.recordId());
      if (now != null && splitRecords.contains(push.recordId())) {
        now = now.only(push.cells().keySet());
      }
      if (now != null && !now.cells().isEmpty()) {
        again.add(now);
      }
    }
    return new Batch(again);
  }

  /** The same without this change. */
  Batch without(Push push) {
    return new Batch(pushes.stream().filter(each -> each != push).toList());
  }

  /** What it changes of these field groups. */
  Batch only(Predicate<String> groups) {
    return new Batch(
        pushes.stream()
            .map(push -> push.only(push.cells().keySet().stream().filter(groups).collect(toSet())))
            .filter(push -> !push.cells().isEmpty())
            .toList());
  }

  public List<String> recordIds() {
    return pushes.stream().map(Push::recordId).toList();
  }

  /** Whether nothing smaller could be sent. */
  public boolean isSingle() {
    return pushes.size() == 1 && pushes.get(0).cells().size() <= 1;
  }

  /** The same changes in smaller batches: halves, then field groups. */
  public List<Batch> parts() {
    if (pushes.size() > 1) {
      return Batches.halves(pushes).stream().map(Batch::new).toList();
    }
    return pushes.stream()
        .flatMap(push -> push.groupwise().stream())
        .map(push -> new Batch(List.of(push)))
        .toList();
  }
}
