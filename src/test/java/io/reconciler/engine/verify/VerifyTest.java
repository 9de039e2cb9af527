package io.reconciler.engine.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.reconciler.engine.run.ProgressListener;
import io.reconciler.sandbox.Fault;
import io.reconciler.sandbox.table.SandboxTable;
import io.reconciler.world.LedgerEdits;
import io.reconciler.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The comparison of both sides, on a real PostgreSQL and the sandbox. */
class VerifyTest {

  private static final World world = World.shared();
  private SandboxTable leads;
  private LedgerEdits edits;

  @BeforeEach
  void fresh() {
    leads = world.fresh();
    edits = new LedgerEdits(world);
  }

  private static List<VerifyOutcome> verifyAll() {
    return world.engine().verify(world.request(20, true), ProgressListener.NONE);
  }

  private static VerifyResult verify() {
    List<VerifyOutcome> outcomes = verifyAll();
    assertThat(outcomes).hasSize(1);
    assertThat(outcomes.get(0).failure()).isNull();
    return outcomes.get(0).result();
  }

  private static String state() {
    return world
        .jdbc()
        .sql(
            "select cast(json_build_array((select json_agg(l order by id) from leads l),"
                + " (select json_agg(a order by airtable_record_id) from reconciler.agreed_value a),"
                + " (select json_agg(d order by id) from reconciler.dead_letter d),"
                + " (select json_agg(c order by id) from reconciler.conflict c),"
                + " (select json_agg(r order by id) from reconciler.run r),"
                + " (select json_agg(w) from reconciler.watermark w)) as text)")
        .query(String.class)
        .single();
  }

  @Test
  void sides_in_step_match_in_every_field() {
    for (int i = 0; i < 230; i++) {
      leads.create(
          Map.of(
              "First Name",
              "Ada " + i,
              "Notes",
              "a\r\nb",
              "Kajabi Tags",
              "x, y",
              "SMS Stop",
              true));
    }
    world.fullSync();

    VerifyResult result = verify();

    assertThat(result.matched()).isEqualTo(230);
    assertThat(result.isEqual()).isTrue();
    assertThat(result.differences()).isEmpty();
  }

  @Test
  void what_is_not_the_same_is_found_field_by_field() {
    String same = edits.agreed(Map.of("First Name", "Same"));
    String changed = edits.agreed(Map.of("First Name", "Ada", "SMS Sent Count", 3));
    String inactive = edits.agreed(Map.of("First Name", "Inactive"));
    String gone = edits.agreed(Map.of("First Name", "Gone"));
    String fresh = leads.create(Map.of("First Name", "Fresh"));
    leads.update(changed, Map.of("First Name", "Grace", "SMS Sent Count", 4));
    leads.delete(gone);
    world
        .jdbc()
        .sql("update leads set is_active = false where airtable_record_id = ?")
        .param(inactive)
        .update();

    VerifyResult result = verify();

    assertThat(result.matched()).isEqualTo(1);
    assertThat(result.different()).isEqualTo(1);
    assertThat(result.missingRecords()).containsExactlyInAnyOrder(fresh, inactive);
    assertThat(result.missing()).isEqualTo(2);
    assertThat(result.extraRecords()).containsExactly(gone);
    assertThat(result.extra()).isEqualTo(1);
    assertThat(result.isEqual()).isFalse();
    assertThat(result.differences())
        .extracting(d -> d.recordId() + " " + d.field() + " " + d.airtable() + " " + d.postgres())
        .containsExactlyInAnyOrder(
            changed + " first_name \"Grace\" \"Ada\"", changed + " sms_sent_count 4 3");
    assertThat(result.differences()).noneMatch(Difference::pending);
    assertThat(same).isNotEqualTo(changed);
  }

  @Test
  void a_change_of_the_portal_on_its_way_is_a_pending_difference() {
    String id = edits.agreed(Map.of("First Name", "Ada"));
    edits.portalNote(id, "call back");

    VerifyResult result = verify();

    assertThat(result.differences()).hasSize(1);
    assertThat(result.differences().get(0).field()).isEqualTo("notes");
    assertThat(result.differences().get(0).pending()).isTrue();
    assertThat(result.differences().get(0).cause()).isEqualTo(Cause.PENDING);
    assertThat(result.differences().get(0).airtable().isNull()).isTrue();
    assertThat(result.differences().get(0).postgres().asText()).isEqualTo("call back");
  }

  @Test
  void a_cell_that_fits_no_column_is_a_difference_with_its_reason() {
    String id = edits.agreed(Map.of("First Name", "Ada", "Booked At", "soon"));

    VerifyResult result = verify();

    assertThat(result.different()).isEqualTo(1);
    Difference difference = result.differences().get(0);
    assertThat(difference.recordId()).isEqualTo(id);
    assertThat(difference.field()).isEqualTo("booked_at");
    assertThat(difference.airtable().asText()).isEqualTo("soon");
    assertThat(difference.postgres().isNull()).isTrue();
    assertThat(difference.reason()).contains("soon");
  }

  @Test
  void each_difference_has_a_cause_and_the_totals_are_of_all_that_is_listed() {
    String graced = edits.agreed(Map.of("First Name", "Ada"));
    String bad = edits.agreed(Map.of("First Name", "Bob", "Booked At", "soon"));
    String changed = edits.agreed(Map.of("First Name", "Cid"));
    String sent = edits.agreed(Map.of("First Name", "Dora"));
    leads.create(Map.of("First Name", "Fresh"));
    world.portalEdit(graced, Duration.ofSeconds(5), Map.of("notes", "just now"));
    world.portalEdit(sent, Duration.ofSeconds(90), Map.of("notes", "a while ago"));
    leads.update(changed, Map.of("First Name", "Cy"));

    VerifyResult result = verify();

    assertThat(result.differences())
        .extracting(d -> d.recordId() + " " + d.cause().label())
        .containsExactlyInAnyOrder(
            graced + " in-grace",
            bad + " dead-letter",
            changed + " unexplained",
            sent + " pending");
    assertThat(result.causes())
        .isEqualTo(
            Map.of(
                Cause.PENDING,
                1L,
                Cause.IN_GRACE,
                1L,
                Cause.DEAD_LETTER,
                1L,
                Cause.UNEXPLAINED,
                2L));
  }

  @Test
  void times_that_differ_only_below_milliseconds_match() {
    String id = edits.agreed(Map.of("First Name", "Ada"));
    world.portalEdit(
        id,
        Duration.ofSeconds(90),
        Map.of(
            "claimed_by",
            LedgerEdits.ALICE,
            "claimed_at",
            World.at(Instant.parse("2026-01-02T03:04:05.123456Z"))));
    world.sync();

    assertThat(verify().isEqual()).isTrue();
  }

  @Test
  void a_field_that_is_gone_is_told_once_and_the_others_are_compared() {
    edits.agreed(Map.of("First Name", "Ada", "Company", "Acme"));
    leads.removeField("Company");
    String before = state();

    VerifyResult result = verify();

    assertThat(result.matched()).isEqualTo(1);
    assertThat(result.errors()).hasSize(1).allMatch(text -> text.contains("\"Company\""));
    assertThat(result.isEqual()).isFalse();
    assertThat(state()).isEqualTo(before);
  }

  @Test
  void it_writes_nothing() {
    edits.agreed(Map.of("First Name", "Ada", "Booked At", "soon"));
    String changed = edits.agreed(Map.of("First Name", "Bea"));
    leads.update(changed, Map.of("First Name", "Cea"));
    edits.portalNote(changed, "call back");
    leads.create(Map.of("First Name", "Fresh"));
    String before = state();
    world.sandbox().clearLogs();

    verify();

    assertThat(state()).isEqualTo(before);
    assertThat(world.sandbox().writes()).isEmpty();
  }

  @Test
  void a_listing_that_airtable_forgets_starts_again_and_counts_nothing_twice() {
    for (int i = 0; i < 120; i++) {
      leads.create(Map.of("First Name", "Ada " + i));
    }
    world.fullSync();
    world.sandbox().onRequest(r -> r.query("offset") != null, Fault.expiredIterator());

    VerifyResult result = verify();

    assertThat(result.matched()).isEqualTo(120);
    assertThat(result.isEqual()).isTrue();
  }

  @Test
  void a_client_that_fails_does_not_stop_the_others() {
    edits.agreed(Map.of("First Name", "Ada"));
    String other = "appZzzz0123456789";
    world.addClient(other);
    world
        .sandbox()
        .onRequest(r -> r.path().contains(world.baseId()), Fault.answer(401, "{}").always());
    world.addTable(other).create(Map.of("First Name", "Bea"));

    List<VerifyOutcome> outcomes = verifyAll();

    assertThat(outcomes).hasSize(2);
    assertThat(outcomes.get(0).failure()).contains("401");
    assertThat(outcomes.get(0).result()).isNull();
    assertThat(outcomes.get(1).result().missing()).isEqualTo(1);
  }

  @Test
  void a_lead_of_another_client_does_not_stand_for_a_record() {
    String id = edits.agreed(Map.of("First Name", "Ada"));
    String other = "appYyyy0123456789";
    world.addClient(other);
    world.addTable(other).create(id, Instant.now(), Map.of("First Name", "Ada"));

    List<VerifyOutcome> outcomes = verifyAll();

    assertThat(outcomes).extracting(o -> o.result().missing()).containsExactlyInAnyOrder(0L, 1L);
    assertThat(outcomes).extracting(o -> o.result().extra()).containsOnly(0L);
  }

  @Test
  void its_json_has_counts_and_both_values_of_each_difference() {
    String id = edits.agreed(Map.of("First Name", "Ada"));
    leads.update(id, Map.of("First Name", "Grace"));

    JsonNode json = new ObjectMapper().valueToTree(verify());

    List<String> keys = new ArrayList<>();
    json.fieldNames().forEachRemaining(keys::add);
    assertThat(keys)
        .containsExactly(
            "clientId",
            "baseId",
            "matched",
            "different",
            "missing",
            "extra",
            "causes",
            "differences",
            "missingRecords",
            "extraRecords");
    assertThat(json.at("/differences/0").toString())
        .isEqualTo(
            "{\"recordId\":\"%s\",\"field\":\"first_name\",\"airtable\":\"Grace\",\"postgres\":\"Ada\",\"pending\":false,\"cause\":\"unexplained\"}"
                .formatted(id));
    assertThat(json.path("causes").toString())
        .isEqualTo("{\"pending\":0,\"in-grace\":0,\"dead-letter\":0,\"unexplained\":1}");
  }
}
