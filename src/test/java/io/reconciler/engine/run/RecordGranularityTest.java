package io.reconciler.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.world.World;
import io.reconciler.world.WorldTest;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The literal rule of old: a later change in Airtable, of whatever field, wins the record. */
class RecordGranularityTest extends WorldTest {

  private static final World RECORDS =
      World.open(Map.of("RECONCILER_CONFLICT_GRANULARITY", "record"));

  RecordGranularityTest() {
    super(RECORDS);
  }

  @AfterAll
  static void close() {
    RECORDS.close();
  }

  @Test
  void an_unrelated_later_change_in_airtable_takes_the_claim_back_into_the_ledger() {
    String id = agreedLongAgo();
    claim(id, ALICE, Duration.ofMinutes(5));
    leads.update(id, Map.of("SMS Sent Count", 4));

    RunResult result = sync();

    assertThat(writes()).isZero();
    assertThat(world.lead(id)).containsEntry("claimed_by", null).containsEntry("sms_sent_count", 4);
    assertThat(result.stage2().conflicts()).isEqualTo(1);
    assertThat(text("select winner || ' ' || (portal ->> 'claimed_by') from reconciler.conflict"))
        .isEqualTo("airtable " + ALICE);
    assertThat(world.sides().differences()).isEmpty();
  }

  @Test
  void an_unrelated_earlier_change_in_airtable_does_not_hinder_the_push() {
    String id = agreedLongAgo();
    leads.update(id, Map.of("SMS Sent Count", 4));
    leads.setModified(id, Instant.now().minusSeconds(600));
    claim(id, ALICE, Duration.ofMinutes(5));

    sync();

    assertThat(cell(id, "Claimed By")).isEqualTo(ALICE.toString());
    assertThat(world.count("select count(*) from reconciler.conflict")).isZero();
  }

  @Test
  void a_record_that_nobody_touched_since_it_was_agreed_on_is_pushed() {
    String id = reconciled(1).get(0);
    claim(id, ALICE, GRACE_OVER);

    sync();

    assertThat(cell(id, "Claimed By")).isEqualTo(ALICE.toString());
    assertThat(sync().stage2().recordsProcessed()).isZero();
  }

  // Airtable shows whole seconds: a change within the second of the agreement is not seen.
  private String agreedLongAgo() {
    String id = reconciled(1).get(0);
    world.age(Duration.ofMinutes(30));
    return id;
  }
}
