package io.reconciler.engine.apply.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.decide.Granularity;
import io.reconciler.decide.GroupValues;
import io.reconciler.decide.Unconvertible;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.MappingFile;
import io.reconciler.side.postgres.AgreedValues;
import io.reconciler.side.postgres.LeadRow;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When a record's last modification is our own; planner-record.yaml says what follows from it. */
class OwnTouchTest {

  private static final String RECORD = "recOwnTouch000001";
  private static final Instant BEFORE = Instant.parse("2026-03-04T05:00:00Z");
  private static final Instant NOW = BEFORE.plusSeconds(60);
  private static final String MAPPING =
      """
      table: Orders
      base: appOrders00000001
      postgres: {table: orders, updated_at: updated_at}
      last_modified_field: Changed
      groups:
        - {name: firms, policy: airtable}
        - {name: state, policy: portal}
      fields:
        - {column: firms, type: "bigint[]", airtable_field: Firms, conversion: link, to: companies, owner: portal, group: firms}
        - {column: state, type: text, airtable_field: State, conversion: text, owner: portal, group: state}
      """;

  @Test
  void what_arrived_beside_what_was_agreed_on_is_our_own_write() {
    assertThat(modified(Granularity.RECORD, MAPPING, values("sent", null), null)).isEqualTo(NOW);
  }

  @Test
  void a_field_that_is_gone_from_airtable_was_touched_by_nobody() {
    assertThat(modified(Granularity.RECORD, MAPPING, Map.of("state", "sent"), null)).isEqualTo(NOW);
  }

  @Test
  void what_did_not_arrive_is_no_write_of_ours() {
    assertThat(modified(Granularity.RECORD, MAPPING, values("agreed", null), null))
        .isEqualTo(BEFORE);
    assertThat(modified(Granularity.RECORD, MAPPING, Map.of(), null)).isEqualTo(BEFORE);
  }

  @Test
  void what_holds_by_field_stays_as_it_was() {
    assertThat(modified(Granularity.FIELD, MAPPING, values("sent", null), null)).isEqualTo(BEFORE);
  }

  @Test
  void where_no_time_is_shown_an_edit_of_the_portal_is_no_conflict_with_the_read_itself() {
    Mapping untimed = mapping(MAPPING.replace("last_modified_field: Changed\n", ""));
    IncomingRecord record =
        new IncomingRecord(RECORD, BEFORE, NOW, values("agreed", null), Map.of());
    LeadRow lead = new LeadRow(null, RECORD, BEFORE.plusSeconds(30), values("newer", null));
    AgreedValues known = known(Map.of());

    RecordPlan plan =
        new RecordPlanner(untimed, Granularity.RECORD)
            .preparePush(record, lead, known, Set.of(), RunRules.NONE);

    assertThat(plan.patch()).hasToString("{State=\"newer\"}");
    assertThat(plan.outcomes()).noneMatch(GroupOutcome::conflict);
  }

  @Test
  void a_key_without_a_row_needs_the_time_up_to_which_both_sides_agreed() {
    Unconvertible rowless = new Unconvertible("{\"@rowless\":[7]}", "has no row");
    Unconvertible waits = new Unconvertible("{\"@waits\":[7]}", "waits");

    assertThat(modified(Granularity.RECORD, MAPPING, values("sent", null), rowless))
        .isEqualTo(BEFORE);
    assertThat(modified(Granularity.RECORD, MAPPING, values("sent", null), waits)).isEqualTo(NOW);
  }

  private static @Nullable Instant modified(
      Granularity granularity,
      String text,
      Map<String, @Nullable Object> airtable,
      @Nullable Object firms) {
    IncomingRecord record = new IncomingRecord(RECORD, BEFORE, NOW, airtable, Map.of());
    AgreedValues known = known(Map.of("state", GroupValues.of("state", "sent")));
    LeadRow lead = new LeadRow(null, RECORD, BEFORE.plusSeconds(30), values("newer", firms));

    return new OwnTouch(mapping(text), granularity).seen(record, lead, known, Set.of()).modified();
  }

  private static Mapping mapping(String text) {
    return MappingFile.read("orders.yaml", new ByteArrayInputStream(text.getBytes(UTF_8)));
  }

  private static AgreedValues known(Map<String, GroupValues> sent) {
    return new AgreedValues(
        Map.of("firms", GroupValues.of("firms", null), "state", GroupValues.of("state", "agreed")),
        sent,
        BEFORE,
        true,
        Map.of(),
        Map.of());
  }

  private static Map<String, @Nullable Object> values(String state, @Nullable Object firms) {
    Map<String, @Nullable Object> values = new HashMap<>();
    values.put("state", state);
    values.put("firms", firms);
    return values;
  }
}
