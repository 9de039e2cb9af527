package io.reconciler.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.sandbox.Fault;
import io.reconciler.sandbox.LoggedWrite;
import io.reconciler.world.SideBySide;
import io.reconciler.world.WorldTest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random edits on both sides, round after round, over a network that fails now and then. */
@SideBySide(SideBySide.Lane.RUNS)
class ChaosTest extends WorldTest {

  private static final int RECORDS = 40;
  private static final int ROUNDS = 4;

  /** A value that somebody entered: it must not vanish. */
  private record Edit(String recordId, String value) {}

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whatever_happens_both_sides_agree_in_the_end_and_no_edit_is_lost(long seed) {
    Random random = new Random(seed);
    reconciled(RECORDS);
    for (int round = 0; round < ROUNDS; round++) {
      List<Edit> edits = new ArrayList<>();
      for (String id : leads.ids()) {
        editAirtable(random, id, edits);
        editPortal(random, id, edits);
      }
      spoilTheNetwork(random);
      world.sync();
      world.sandbox().clearFaults();
      world.age(Duration.ofMinutes(2));

      sync();

      assertThat(edits).allSatisfy(this::isNotLost);
      assertThat(world.sides().differences()).isEmpty();
    }
    assertThat(world.sandbox().writes()).isNotEmpty().allSatisfy(ChaosTest::isOwned);
  }

  private void editAirtable(Random random, String id, List<Edit> edits) {
    if (random.nextInt(3) > 0) {
      return;
    }
    Map<String, Object> fields = new HashMap<>(Map.of("SMS Sent Count", random.nextInt(100)));
    if (random.nextBoolean()) {
      String line = "airtable " + random.nextInt(1_000_000);
      fields.put("Notes", cell(id, "Notes") + "\n" + line);
      edits.add(new Edit(id, line));
    }
    if (random.nextBoolean()) {
      UUID user = new UUID(random.nextLong(), random.nextLong());
      fields.put("Claimed By", user.toString());
      edits.add(new Edit(id, user.toString()));
    }
    leads.update(id, fields);
    leads.setModified(id, Instant.now().minusSeconds(random.nextInt(300)));
  }

  private void editPortal(Random random, String id, List<Edit> edits) {
    if (random.nextInt(3) > 0) {
      return;
    }
    Duration ago = GRACE_OVER.plusSeconds(random.nextInt(300));
    if (random.nextBoolean()) {
      String line = "portal " + random.nextInt(1_000_000);
      world.portalEdit(id, ago, Map.of("notes", world.lead(id).get("notes") + "\n" + line));
      edits.add(new Edit(id, line));
    } else {
      UUID user = new UUID(random.nextLong(), random.nextLong());
      claim(id, user, ago);
      edits.add(new Edit(id, user.toString()));
    }
  }

  private void spoilTheNetwork(Random random) {
    List<Fault> faults =
        List.of(
            Fault.rateLimited(),
            Fault.unavailable(),
            Fault.dropBefore(),
            Fault.dropAfter(),
            Fault.truncated(),
            Fault.html(),
            Fault.answer(500, ""));
    world
        .sandbox()
        .onRequest(
            request -> request.method().equals("PATCH"),
            faults.get(random.nextInt(faults.size())).times(2));
    world
        .sandbox()
        .onRequest(
            request -> random.nextInt(4) == 0, faults.get(random.nextInt(faults.size())).times(3));
  }

  private void isNotLost(Edit edit) {
    String ledger =
        text(
            "select coalesce(string_agg(cast(to_jsonb(c) as text), ''), '')"
                + " from reconciler.conflict c where airtable_record_id = '"
                + edit.recordId()
                + "'");
    assertThat(leads.cells(edit.recordId()) + world.lead(edit.recordId()).toString() + ledger)
        .contains(edit.value());
  }

  private static void isOwned(LoggedWrite write) {
    assertThat(Set.of("Claimed By", "Claimed At", "Notes")).containsAll(write.fields().keySet());
  }
}
