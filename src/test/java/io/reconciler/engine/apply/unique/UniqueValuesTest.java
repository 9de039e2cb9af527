package io.reconciler.engine.apply.unique;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.engine.run.RunResult;
import io.reconciler.world.SideBySide;
import io.reconciler.world.World;
import io.reconciler.world.WorldTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Values that may be there once: who gets one that moves, and what is said of one that is taken.
 */
@SideBySide(SideBySide.Lane.RUNS)
class UniqueValuesTest extends WorldTest {

  private static final World OWN = World.open(Map.of());

  private static final String ONE_PHONE =
      "alter table leads add constraint one_phone unique (phone)";
  private static final String ONE_EMAIL =
      "alter table leads add constraint one_email unique (email)";

  UniqueValuesTest() {
    super(OWN);
  }

  @AfterAll
  static void close() {
    OWN.close();
  }

  @AfterEach
  void asBefore() {
    execute("drop function if exists keep cascade");
    execute("alter table leads drop constraint if exists one_phone");
    execute("alter table leads drop constraint if exists one_email");
    execute("drop index if exists one_phone");
  }

  @Test
  void a_new_lead_that_can_have_neither_its_address_nor_none_says_whose_address_it_is() {
    execute(ONE_EMAIL);
    String holder = leads.create(Map.of("Email", "taken@x"));
    String blank = leads.create(Map.of("First Name", "Blank"));
    sync();
    String born = leads.create(Map.of("Email", "taken@x", "First Name", "Born"));
    String other = leads.create(Map.of("Email", "own@x"));

    RunResult result = twice();

    assertThat(result.stage1().errors())
        .singleElement()
        .asString()
        .contains(born, "could not be applied", "\"one_email\"", "the lead of " + holder + " holds")
        .contains("the column email can't stay empty")
        .doesNotContain("not-null");
    assertThat(reason(born)).contains("\"one_email\"", holder);
    assertThat(world.lead(born)).isEmpty();
    assertThat(world.lead(holder)).containsEntry("email", "taken@x");
    assertThat(world.lead(blank)).containsEntry("email", "");
    assertThat(world.lead(other)).containsEntry("email", "own@x");
  }

  @Test
  void the_next_try_of_a_new_lead_whose_address_is_free_now_makes_it() {
    execute(ONE_EMAIL);
    String holder = leads.create(Map.of("Email", "taken@x"));
    leads.create(Map.of("First Name", "Blank"));
    String born = leads.create(Map.of("Email", "taken@x"));
    sync();
    world.age(Duration.ofHours(2));
    leads.update(holder, Map.of("Email", "new@x"));

    twice();

    assertThat(world.lead(born)).containsEntry("email", "taken@x");
    inStep();
  }

  @Test
  void a_value_that_is_refused_beside_others_that_may_be_empty_names_its_holder() {
    execute(ONE_PHONE);
    List<String> ids = phones("1", "2");
    leads.update(ids.get(1), Map.of("Phone", "1", "SMS Stop", true));

    RunResult result = twice();

    assertThat(result.stage1().errors())
        .singleElement()
        .asString()
        .contains(ids.get(1), "Phone", "\"one_phone\"", "the lead of " + ids.get(0) + " holds it")
        .contains("the column phone keeps its value");
    assertThat(phone(ids.get(1))).isEqualTo("2");
    assertThat(world.lead(ids.get(1))).containsEntry("sms_stop", true);
    assertThat(result.stage1().updated()).isEqualTo(1);
    assertThat(sync().stage1().updated()).isZero();
  }

  @Test
  void a_holder_without_a_record_is_named_as_such() {
    execute(ONE_PHONE);
    String id = phones("1").get(0);
    execute(
        "insert into leads (id, client_id, airtable_record_id, created_at, updated_at, first_name, last_name, email, phone) values (gen_random_uuid(), '%s', ' ', now(), now(), '', '', '', '9')"
            .formatted(world.clientId()));
    leads.update(id, Map.of("Phone", "9"));

    assertThat(twice().stage1().errors())
        .singleElement()
        .asString()
        .contains(id, "; a lead without a record holds it");
    assertThat(phone(id)).isEqualTo("1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ONE_PHONE,
        ONE_PHONE + " deferrable",
        ONE_PHONE + " deferrable initially deferred",
        "alter table leads add constraint one_phone unique (client_id, phone)",
        "create unique index one_phone on leads (lower(phone)) where is_active",
        "create unique index one_phone on leads (phone) include (title)"
      })
  void two_leads_that_exchange_their_values_both_have_them_in_the_same_run(String rule) {
    execute(rule);
    List<String> ids = phones("a", "b", "c");
    leads.update(ids.get(0), Map.of("Phone", "b", "SMS Sent Count", 1));
    leads.update(ids.get(1), Map.of("Phone", "a", "SMS Sent Count", 2));

    RunResult result = twice();

    assertThat(result.stage1().errors()).isEmpty();
    assertThat(result.stage1().updated()).isEqualTo(2);
    assertThat(phone(ids.get(0))).isEqualTo("b");
    assertThat(phone(ids.get(1))).isEqualTo("a");
    inStep();
  }

  @Test
  void values_that_go_round_over_several_pages_arrive_in_the_same_run() {
    execute(ONE_PHONE);
    List<String> ids = phones(250);
    int[] places = {0, 120, 249};
    for (int i = 0; i < places.length; i++) {
      leads.update(ids.get(places[i]), Map.of("Phone", "p" + places[(i + 1) % places.length]));
    }
    ids.forEach(id -> leads.update(id, Map.of("SMS Sent Count", 5)));

    RunResult result = twice();

    assertThat(result.stage1().errors()).isEmpty();
    assertThat(result.stage1().updated()).isEqualTo(250);
    assertThat(phone(ids.get(249))).isEqualTo("p0");
    inStep();
  }

  @ParameterizedTest
  @CsvSource({"0, 1, phone", "1, 0, phone", "0, 219, phone", "219, 0, phone", "0, 219, email"})
  void a_value_that_moves_to_another_lead_arrives_in_the_same_run(int from, int to, String column) {
    execute(column.equals("phone") ? ONE_PHONE : ONE_EMAIL);
    List<String> ids = phones(220);
    String field = column.equals("phone") ? "Phone" : "Email";
    String moved = cell(ids.get(from), field);
    leads.update(ids.get(from), Map.of(field, "new"));
    leads.update(ids.get(to), Map.of(field, moved));
    ids.forEach(id -> leads.update(id, Map.of("SMS Sent Count", 5)));

    RunResult result = twice();

    assertThat(result.stage1().errors()).isEmpty();
    assertThat(world.lead(ids.get(to))).containsEntry(column, moved);
    assertThat(world.lead(ids.get(from))).containsEntry(column, "new");
    inStep();
  }

  @Test
  void a_value_that_moves_to_a_new_lead_out_of_an_exchange_arrives() {
    execute(ONE_PHONE);
    List<String> ids = phones("a", "b", "c");
    leads.update(ids.get(0), Map.of("Phone", "b"));
    leads.update(ids.get(1), Map.of("Phone", "c"));
    leads.update(ids.get(2), Map.of("Phone", "d"));
    String born = leads.create(Map.of("Phone", "a", "Email", "born@x"));

    RunResult result = twice();

    assertThat(result.stage1().errors()).isEmpty();
    assertThat(result.stage1().inserted()).isEqualTo(1);
    assertThat(phone(born)).isEqualTo("a");
    inStep();
  }

  @Test
  void whoever_wants_a_value_out_of_an_exchange_waits_alone_and_the_others_have_theirs() {
    execute(ONE_PHONE);
    List<String> ids = phones("a", "b", "c");
    leads.update(ids.get(0), Map.of("Phone", "b"));
    leads.update(ids.get(1), Map.of("Phone", "a"));
    leads.update(ids.get(2), Map.of("Phone", "a", "SMS Stop", true));

    RunResult result = twice();

    assertThat(result.stage1().errors())
        .singleElement()
        .asString()
        .contains(ids.get(2), "the lead of " + ids.get(1) + " holds it");
    assertThat(phone(ids.get(0))).isEqualTo("b");
    assertThat(phone(ids.get(1))).isEqualTo("a");
    assertThat(phone(ids.get(2))).isEqualTo("c");
    assertThat(world.lead(ids.get(2))).containsEntry("sms_stop", true);
  }

  @Test
  void an_exchange_whose_other_half_was_refused_before_is_made_good() {
    execute(ONE_PHONE);
    List<String> ids = phones("a", "b");
    leads.update(ids.get(0), Map.of("Phone", "b"));
    assertThat(sync().stage1().errorCount()).isEqualTo(1);
    world.age(Duration.ofMinutes(40));
    leads.update(ids.get(1), Map.of("Phone", "a"));

    RunResult result = twice();

    assertThat(result.stage1().errors()).isEmpty();
    assertThat(phone(ids.get(0))).isEqualTo("b");
    assertThat(phone(ids.get(1))).isEqualTo("a");
    inStep();
  }

  @Test
  void values_that_move_one_way_and_others_the_other_way_arrive_in_the_same_run() {
    execute(ONE_PHONE);
    execute(ONE_EMAIL);
    List<String> ids = phones(40);
    for (int i = 0; i < 40; i++) {
      String email = i == 39 ? "last@x" : "p" + (i + 1) + "@x";
      String phone = i == 0 ? "first" : "p" + (i - 1);
      leads.update(ids.get(i), Map.of("Email", email, "Phone", phone));
    }

    RunResult result = twice();

    assertThat(result.stage1().errors()).isEmpty();
    assertThat(result.stage1().updated()).isEqualTo(40);
    assertThat(world.lead(ids.get(7))).containsEntry("email", "p8@x").containsEntry("phone", "p6");
    inStep();
  }

  @Test
  void an_exchange_of_what_must_not_be_empty_waits_for_a_person_and_loses_nothing() {
    execute(ONE_EMAIL);
    List<String> ids = phones(2);
    String first = cell(ids.get(0), "Email");
    String second = cell(ids.get(1), "Email");
    leads.update(ids.get(0), Map.of("Email", second, "SMS Stop", true));
    leads.update(ids.get(1), Map.of("Email", first, "SMS Stop", true));

    RunResult result = twice();

    assertThat(result.stage1().errors())
        .hasSize(2)
        .anySatisfy(e -> assertThat(e).contains(ids.get(0), "the lead of " + ids.get(1)))
        .anySatisfy(e -> assertThat(e).contains(ids.get(1), "the lead of " + ids.get(0)));
    assertThat(world.lead(ids.get(0)))
        .containsEntry("email", first)
        .containsEntry("sms_stop", true);
    assertThat(world.lead(ids.get(1)))
        .containsEntry("email", second)
        .containsEntry("sms_stop", true);
    assertThat(cell(ids.get(0), "Email")).isEqualTo(second);
    assertThat(writes()).isZero();

    execute("alter table leads drop constraint one_email");
    execute(ONE_EMAIL + " deferrable");
    world.age(Duration.ofHours(2));
    twice();
    assertThat(world.lead(ids.get(0))).containsEntry("email", second);
    inStep();
  }

  @Test
  void an_exchange_that_a_trigger_does_not_let_through_leaves_both_as_they_were() {
    execute(ONE_PHONE);
    List<String> ids = phones("a", "b");
    execute(
        "create function keep() returns trigger language plpgsql as $$ begin if new.phone is null"
            + " then raise 'no phone'; end if; return new; end $$");
    execute("create trigger keep before update on leads for each row execute function keep()");
    leads.update(ids.get(0), Map.of("Phone", "b", "SMS Stop", true));
    leads.update(ids.get(1), Map.of("Phone", "a", "SMS Stop", true));

    RunResult result = twice();

    assertThat(result.stage1().errorCount()).isEqualTo(2);
    assertThat(phone(ids.get(0))).isEqualTo("a");
    assertThat(phone(ids.get(1))).isEqualTo("b");
    ids.forEach(id -> assertThat(world.lead(id)).containsEntry("sms_stop", true));
    assertThat(cell(ids.get(0), "Phone")).isEqualTo("b");
  }

  @ParameterizedTest
  @CsvSource({"a, a", "a, A"})
  void two_new_leads_with_one_value_are_foretold_as_the_run_finds_them(String one, String another) {
    execute(
        one.equals(another) ? ONE_PHONE : "create unique index one_phone on leads (lower(phone))");
    List<String> ids = born(List.of(one, "other", another));

    RunResult result = twice();

    assertThat(result.stage1().inserted()).isEqualTo(3);
    String late =
        ids.stream().filter(id -> world.lead(id).get("phone") == null).findFirst().orElseThrow();
    assertThat(result.stage1().errors())
        .singleElement()
        .asString()
        .startsWith(late)
        .contains("\"one_phone\"", " holds it; the new lead has nothing");
    assertThat(ids).allSatisfy(id -> assertThat(world.lead(id)).containsEntry("last_name", "New"));
    assertThat(cell(late, "Phone")).isEqualToIgnoringCase(one);
  }

  @Test
  void new_leads_of_two_pages_with_one_value_are_foretold_though_either_may_get_it() {
    execute(ONE_PHONE);
    List<String> ids =
        born(IntStream.range(0, 260).mapToObj(n -> "p" + n % 255).toList()).subList(255, 260);

    RunResult dry = succeeded(world.run(dryRun(false)));
    assertThat(world.count("select count(*) from leads")).isZero();
    RunResult real = sync();

    assertThat(dry.stage1().errorCount()).isEqualTo(5);
    assertThat(real.stage1().errorCount()).isEqualTo(5);
    assertThat(dry.stage1().inserted()).isEqualTo(real.stage1().inserted()).isEqualTo(260);
    for (RunResult run : List.of(dry, real)) {
      assertThat(ids)
          .allSatisfy(
              id ->
                  assertThat(run.stage1().errors())
                      .anyMatch(error -> error.contains(id) && error.contains(" holds it")));
    }
    assertThat(world.count("select count(*) from leads where phone is null")).isEqualTo(5);
    assertThat(writes()).isZero();
  }

  @Test
  void a_new_lead_and_an_old_one_that_both_get_a_value_are_foretold_as_the_run_finds_them() {
    execute(ONE_PHONE);
    List<String> ids = phones("a", "b");
    String born = leads.create(Map.of("Phone", "new"));
    leads.update(ids.get(0), Map.of("Phone", "new"));
    leads.update(ids.get(1), Map.of("Phone", "other"));
    String late = leads.create(Map.of("Phone", "b"));

    RunResult result = twice();

    assertThat(result.stage1().errorCount()).isEqualTo(1);
    assertThat(phone(late)).isEqualTo("b");
    assertThat(
            List.of(
                String.valueOf(world.lead(born).get("phone")),
                String.valueOf(world.lead(ids.get(0)).get("phone"))))
        .containsOnlyOnce("new");
  }

  /** What a dry run foretells, which writes nothing, is what the run after it does. */
  private RunResult twice() {
    world.sandbox().clearLogs();
    var database = world.sides().database();
    var airtable = world.sides().airtable();

    RunResult dry = succeeded(world.run(dryRun(false)));

    assertThat(world.sides().database()).isEqualTo(database);
    RunResult real = sync();
    assertThat(dry.stage1()).isEqualTo(real.stage1());
    assertThat(dry.stage2()).isEqualTo(real.stage2());
    assertThat(world.sides().airtable()).isEqualTo(airtable);
    assertThat(writes()).isZero();
    return real;
  }

  private void inStep() {
    assertThat(world.sides().differences()).isEmpty();
    assertThat(world.count("select count(*) from reconciler.dead_letter where status = 'open'"))
        .isZero();
    assertThat(sync().stage1().updated()).isZero();
  }

  private List<String> phones(String... phones) {
    List<String> ids = new ArrayList<>();
    for (String phone : phones) {
      ids.add(leads.create(Map.of("Phone", phone, "Email", phone + "@x")));
    }
    sync();
    return ids;
  }

  private List<String> phones(int count) {
    String[] phones = new String[count];
    for (int i = 0; i < count; i++) {
      phones[i] = "p" + i;
    }
    return phones(phones);
  }

  private List<String> born(List<String> phones) {
    return phones.stream()
        .map(phone -> leads.create(Map.of("Phone", phone, "Last Name", "New")))
        .toList();
  }

  private String phone(String id) {
    return String.valueOf(world.lead(id).get("phone"));
  }

  private String reason(String id) {
    return text(
        "select reason from reconciler.dead_letter where status = 'open' and airtable_record_id = '"
            + id
            + "'");
  }

  private void execute(String sql) {
    world.jdbc().sql(sql).update();
  }
}
