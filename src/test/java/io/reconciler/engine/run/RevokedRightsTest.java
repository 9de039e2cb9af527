package io.reconciler.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.engine.verify.VerifyOutcome;
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

/** Somebody takes a right on the table from the engine's user while the service runs. */
@SideBySide(SideBySide.Lane.BUILDS)
class RevokedRightsTest extends WorldTest {

  private static final String AGAIN =
      "; the table has changed since the start: run `reconciler check`";

  RevokedRightsTest() {
    super(PortalWorld.shared());
  }

  @AfterEach
  void giveBack() {
    execute("revoke select, insert, update on leads from " + PortalWorld.GUEST);
    execute("grant select, insert, update on leads to " + PortalWorld.GUEST);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          update | attname <> 'title' | update column title of leads
          insert | attname <> 'title' | insert column title of leads
          select | attname not in ('title', 'claimed_by') | select columns title, claimed_by of leads
          update | attname = 'none'   | update on leads
          select | attname = 'none'   | select on leads
          """)
  void the_run_ends_before_anything_is_written_and_no_record_waits_for_it(
      String right, String columns, String text) {
    List<String> ids = reconciled(3);
    claim(ids.get(1), ALICE, GRACE_OVER);
    only(right, columns);
    leads.update(ids.get(0), Map.of("Job Title", "x", "First Name", "Ada"));
    leads.create(Map.of("Email", "born@x"));
    leads.delete(ids.get(2));
    List<String> before = rows();

    RunResult full = world.fullSync();
    RunResult run = world.run(scheduled());

    for (RunResult failed : List.of(full, run)) {
      assertThat(failed.failure()).isEqualTo(PortalWorld.GUEST + " may not " + text + AGAIN);
      assertThat(failed.stage1().recordsProcessed()).isZero();
    }
    assertThat(rows()).isEqualTo(before);
    assertThat(writes()).isZero();
    assertThat(world.count("select count(*) from reconciler.dead_letter")).isZero();
    giveBack();
    fullSync();
    assertThat(world.lead(ids.get(0))).containsEntry("title", "x");
    assertThat(cell(ids.get(1), "Claimed By")).isEqualTo(ALICE.toString());
    assertThat(world.sides().differences()).isEmpty();
  }

  @Test
  void a_right_that_is_taken_in_the_middle_ends_the_run_as_well() {
    List<String> ids = reconciled(2);
    ids.forEach(id -> leads.update(id, Map.of("Job Title", "x", "First Name", "Ada")));
    List<String> before = rows();
    world.sandbox().beforePage(1, () -> only("update", "attname <> 'title'"));

    RunResult run = world.sync();

    assertThat(run.failure())
        .isEqualTo(PortalWorld.GUEST + " may not update column title of leads" + AGAIN);
    assertThat(rows()).isEqualTo(before);
    assertThat(world.count("select count(*) from reconciler.dead_letter")).isZero();
    giveBack();
    sync();
    assertThat(world.lead(ids.get(1))).containsEntry("title", "x");
    assertThat(world.sides().differences()).isEmpty();
  }

  @Test
  void a_dry_run_says_the_same_and_what_only_looks_goes_on() {
    List<String> ids = reconciled(2);
    leads.update(ids.get(0), Map.of("First Name", "Ada"));
    only("update", "attname <> 'title'");
    List<String> before = rows();

    RunResult run = world.run(dryRun(true));
    VerifyResult sides =
        world.engine().verify(world.request(20, true), ProgressListener.NONE).get(0).result();

    assertThat(run.failure())
        .isEqualTo(PortalWorld.GUEST + " may not update column title of leads" + AGAIN);
    assertThat(sides.matched()).isEqualTo(1);
    assertThat(sides.different()).isEqualTo(1);
    assertThat(rows()).isEqualTo(before);
    assertThat(writes()).isZero();
  }

  @Test
  void a_comparison_that_may_not_read_a_column_names_it_too() {
    reconciled(2);
    only("select", "attname <> 'title'");

    VerifyOutcome sides =
        world.engine().verify(world.request(20, true), ProgressListener.NONE).get(0);

    assertThat(sides.failure())
        .isEqualTo(PortalWorld.GUEST + " may not select column title of leads" + AGAIN);
  }

  /** The right on these columns alone. */
  private void only(String right, String columns) {
    execute("revoke " + right + " on leads from " + PortalWorld.GUEST);
    execute(
        ("do $$ begin execute (select coalesce('grant %s (' || string_agg(quote_ident(attname), ',')"
                + " || ') on leads to %s', 'select 1') from pg_attribute"
                + " where attrelid = 'leads'::regclass and attnum > 0 and not attisdropped"
                + " and %s); end $$")
            .formatted(right, PortalWorld.GUEST, columns));
  }

  private List<String> rows() {
    return world.jdbc().sql("select l::text from leads l order by id").query(String.class).list();
  }

  /** Each with an address of its own, and somebody who can claim them. */
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
