package io.reconciler.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.engine.verify.Cause;
import io.reconciler.engine.verify.VerifyResult;
import io.reconciler.world.PortalWorld;
import io.reconciler.world.SideBySide;
import io.reconciler.world.WorldTest;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Leads of which row level security hides some, or all, or refuses some writes. */
@SideBySide(SideBySide.Lane.BUILDS)
class RowSecurityTest extends WorldTest {

  RowSecurityTest() {
    super(PortalWorld.shared());
  }

  @AfterEach
  void open() {
    execute("alter table leads disable row level security");
    execute(
        "do $$ begin execute coalesce((select string_agg(format('drop policy %I on leads', polname), ';')"
            + " from pg_policy where polrelid = 'leads'::regclass), 'select 1'); end $$");
    execute("delete from leads");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "create policy a on leads using (email <> '1@x')",
        "create policy a on leads using (true) with check (email <> '1@x')",
        "create policy a on leads for select using (true);"
            + " create policy b on leads for insert with check (true);"
            + " create policy c on leads for update using (email <> '1@x')"
      })
  void what_can_not_be_seen_or_written_stays_as_it_is_and_is_made_good_later(String policies) {
    List<String> ids = reconciled(4);
    String before = row(ids.get(0));
    claim(ids.get(1), ALICE, GRACE_OVER);
    execute("alter table leads enable row level security");
    execute(policies);
    leads.update(ids.get(0), Map.of("First Name", "new"));

    RunResult run = world.fullSync();
    RunResult again = world.sync();

    assertThat(run.success()).isTrue();
    assertThat(run.stage1().deactivated()).isZero();
    assertThat(run.stage1().errors())
        .anySatisfy(error -> assertThat(error).contains(ids.get(0)).contains("security"));
    assertThat(again.stage1().deactivated() + again.stage1().inserted()).isZero();
    assertThat(row(ids.get(0))).isEqualTo(before);
    assertThat(world.count("select count(*) from leads")).isEqualTo(4);
    execute("alter table leads disable row level security");
    fullSync();
    assertThat(world.sides().differences()).isEmpty();
    assertThat(cell(ids.get(1), "Claimed By")).isEqualTo(ALICE.toString());
    assertThat(world.count("select count(*) from reconciler.dead_letter where status = 'open'"))
        .isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "create policy a on leads using (true) with check (email <> '1@x')",
        "create policy a on leads for select using (true);"
            + " create policy b on leads for insert with check (true);"
            + " create policy c on leads for update using (false)",
        "create policy a on leads for select using (true);"
            + " create policy b on leads for insert with check (true);"
            + " create policy c on leads for update using (email <> '1@x')"
      })
  void a_lead_that_may_not_be_marked_inactive_is_not_called_so(String policies) {
    List<String> ids = reconciled(4);
    claim(ids.get(0), ALICE, GRACE_OVER);
    execute("alter table leads enable row level security");
    execute(policies);
    leads.delete(ids.get(0));

    RunResult run = world.fullSync();

    assertThat(run.stage1().deactivated()).isZero();
    assertThat(run.stage1().errors())
        .filteredOn(error -> error.contains(ids.get(0)))
        .singleElement()
        .asString()
        .contains("could not be marked inactive", "security");
    assertThat(run.stage2().errors())
        .singleElement()
        .asString()
        .contains(ids.get(0), "could not be marked inactive", "security");
    assertThat(
            world.count(
                "select count(*) from reconciler.dead_letter where airtable_record_id = '"
                    + ids.get(0)
                    + "'"))
        .isZero();
    execute("alter table leads disable row level security");
    assertThat(fullSync().stage1().deactivated()).isEqualTo(1);
    assertThat(
            world.count(
                "select count(*) from reconciler.dead_letter where field = '' and status = 'open'"))
        .isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          comment on table leads is null | select, insert, update: it sees no row
          create policy a on leads for select using (true) | insert, update: it sees rows that it can't write
          create policy a on leads as restrictive using (true) | select, insert, update: it sees no row
          create policy a on leads for select using (true); create policy b on leads for insert with check (true) | update: it sees rows that it can't write
          """)
  void where_no_row_can_be_seen_or_written_the_run_ends_and_says_so(String policies, String text) {
    List<String> ids = reconciled(4);
    claim(ids.get(1), ALICE, GRACE_OVER);
    execute("alter table leads enable row level security");
    execute(policies);
    leads.update(ids.get(0), Map.of("First Name", "new"));
    leads.create(Map.of("Email", "5@x"));
    leads.delete(ids.get(2));

    RunResult full = world.fullSync();
    RunResult run = world.run(scheduled());

    for (RunResult failed : List.of(full, run)) {
      assertThat(failed.success()).isFalse();
      assertThat(failed.failure())
          .contains("row security is on for leads, and no policy lets", text)
          .contains("create policy reconciler on public.leads");
      assertThat(failed.stage1().recordsProcessed()).isZero();
    }
    assertThat(writes()).isZero();
    execute("alter table leads disable row level security");
    assertThat(world.count("select count(*) from leads where is_active")).isEqualTo(4);
    assertThat(world.count("select count(*) from reconciler.dead_letter")).isZero();
    fullSync();
    assertThat(cell(ids.get(1), "Claimed By")).isEqualTo(ALICE.toString());
    assertThat(world.sides().differences()).isEmpty();
  }

  @Test
  void what_is_known_of_leads_that_may_be_hidden_is_kept_beyond_its_time() {
    reconciled(3);
    execute("alter table leads enable row level security");
    execute("create policy a on leads using (email <> '1@x')");
    execute("update reconciler.agreed_value set airtable_modified_at = now() - interval '91 days'");

    world.fullSync();
    assertThat(world.count("select count(*) from reconciler.agreed_value")).isEqualTo(3);
    execute("drop policy a on leads");
    execute("create policy a on leads using (true)");
    execute("delete from leads where email = '1@x'");
    leads.ids().stream().filter(id -> cell(id, "Email").equals("1@x")).forEach(leads::delete);
    execute("update reconciler.agreed_value set airtable_modified_at = now() - interval '91 days'");
    world.fullSync();

    assertThat(world.count("select count(*) from reconciler.agreed_value")).isEqualTo(2);
  }

  @Test
  void a_record_whose_lead_may_be_hidden_is_not_called_unexplained() {
    List<String> ids = reconciled(3);
    execute("update leads set is_active = false where email = '3@x'");
    execute("alter table leads enable row level security");
    execute("create policy a on leads using (email <> '1@x')");
    List<String> cells = ids.stream().map(id -> leads.cells(id).toString()).toList();

    VerifyResult result = verify();

    assertThat(result.missingRecords()).containsExactlyInAnyOrder(ids.get(0), ids.get(2));
    assertThat(result.causes())
        .containsEntry(Cause.ROW_SECURITY, 1L)
        .containsEntry(Cause.UNEXPLAINED, 1L)
        .containsEntry(Cause.DEAD_LETTER, 0L);
    assertThat(Cause.ROW_SECURITY.text()).isEqualTo("maybe hidden by row security");
    execute("drop policy a on leads");
    execute("create policy a on leads using (true)");
    assertThat(verify().causes()).doesNotContainKey(Cause.ROW_SECURITY);
    assertThat(world.count("select count(*) from leads")).isEqualTo(3);
    assertThat(ids.stream().map(id -> leads.cells(id).toString())).isEqualTo(cells);
  }

  @Test
  void a_record_without_a_lead_whose_value_was_refused_is_explained_by_it() {
    String id = leads.create(Map.of("Email", "1@x", "Claimed By", BOB.toString()));
    sync();
    assertThat(text("select string_agg(field, ',') from reconciler.dead_letter"))
        .isEqualTo("claimed_by");
    execute("delete from leads");

    VerifyResult result = verify();

    assertThat(result.missingRecords()).containsExactly(id);
    assertThat(result.causes())
        .containsEntry(Cause.DEAD_LETTER, 1L)
        .containsEntry(Cause.UNEXPLAINED, 0L);
    assertThat(world.count("select count(*) from leads")).isZero();
    assertThat(cell(id, "Email")).isEqualTo("1@x");
  }

  private VerifyResult verify() {
    return world.engine().verify(world.request(20, true), ProgressListener.NONE).get(0).result();
  }

  private String row(String id) {
    return text("select l::text from leads l where airtable_record_id = '" + id + "'");
  }

  /** Each with an address of its own. */
  @Override
  protected List<String> reconciled(int count) {
    execute(
        "insert into users (id, email) values ('%s', 'alice@x') on conflict do nothing"
            .formatted(ALICE));
    List<String> ids =
        IntStream.rangeClosed(1, count)
            .mapToObj(n -> leads.create(Map.of("Email", n + "@x", "Notes", "note " + n)))
            .toList();
    sync();
    world.sandbox().clearLogs();
    return ids;
  }

  private void execute(String sql) {
    world.jdbc().sql(sql).update();
  }
}
