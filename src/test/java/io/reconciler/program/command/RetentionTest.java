package io.reconciler.program.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.world.LedgerEdits;
import io.reconciler.world.WorldTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the engine's tables keep, for how long, and what they forget when asked to. */
class RetentionTest extends WorldTest {

  private static final String AGED =
      """
      update reconciler.run set started_at = started_at - interval '%1$d days', ended_at = ended_at - interval '%1$d days';
      update reconciler.conflict set detected_at = now() - interval '%1$d days', settled_at = now() - interval '%1$d days';
      update reconciler.dead_letter set last_at = now() - interval '%1$d days', closed_at = now() - interval '%1$d days';
      update reconciler.agreed_value set airtable_modified_at = now() - interval '%1$d days';
      """;

  @Test
  void what_was_settled_is_removed_after_its_time_and_what_is_open_stays() {
    String id = trouble();
    execute(
        "insert into reconciler.conflict select gen_random_uuid(), client_id, run_id, stage,"
            + " airtable_record_id, field_group, policy, winner, agreed, airtable, portal,"
            + " airtable_modified_at, portal_modified_at, detected_at, 'dismissed', now(), 'me'"
            + " from reconciler.conflict");
    execute(
        "insert into reconciler.dead_letter select gen_random_uuid(), client_id, run_id, stage,"
            + " airtable_record_id, field, reason, payload, attempts, first_at, last_at, next_attempt_at,"
            + " 'closed', now(), 'me' from reconciler.dead_letter");
    execute(
        "insert into reconciler.notice (id, client_id, kind, channel, subject, text, created_at,"
            + " status) select gen_random_uuid(), client_id, 'failing', 'mail', 's', 't',"
            + " now() - interval '100 days', s from reconciler.watermark,"
            + " unnest(array['waiting', 'sent', 'undelivered']) s");
    execute("delete from leads where airtable_record_id <> '" + id + "'");
    leads.ids().stream().filter(other -> !other.equals(id)).forEach(leads::delete);
    execute(AGED.formatted(89));

    sync();
    List<String> young = kept();
    execute(AGED.formatted(91));
    fullSync();

    assertThat(young).containsExactly("2 conflicts", "2 dead letters", "1 notices", "2 agreed");
    assertThat(kept()).containsExactly("1 conflicts", "1 dead letters", "1 notices", "1 agreed");
    assertThat(text("select count(*) from reconciler.run")).isEqualTo("1");
    assertThat(text("select string_agg(status, ',') from reconciler.dead_letter"))
        .isEqualTo("open");
  }

  @Test
  void a_record_is_forgotten_in_every_table_and_the_counts_stay() {
    String id = trouble();

    CommandAnswer answer = CommandAnswer.to(world, "forget", id);
    CommandAnswer again = CommandAnswer.to(world, "forget", id);

    assertThat(answer.code()).isZero();
    assertThat(answer.out())
        .startsWith("forgot " + id + ": 1 conflict, 1 dead letter, 1 agreed value, 0 notices");
    assertThat(answer.err()).contains("its lead is still in leads");
    assertThat(again.out()).contains("0 conflicts, 0 dead letters, 0 agreed values");
    for (String table : tables()) {
      assertThat(
              text(
                  "select coalesce(string_agg(cast(to_jsonb(t) as text), ''), '') from "
                      + table
                      + " t"))
          .as(table)
          .doesNotContain(id)
          .doesNotContain("somebody");
    }
    assertThat(
            text(
                "select max(cast(result #>> '{stage1,errorCount}' as integer)) from reconciler.run"))
        .isEqualTo("1");
    assertThat(CommandAnswer.to(world, "forget", "%").code()).isEqualTo(2);
  }

  /** A conflict and a dead letter of one of two records. */
  private String trouble() {
    LedgerEdits edits = new LedgerEdits(world);
    String id = edits.agreed(Map.of("First Name", "Ada"));
    leads.create(Map.of("First Name", "Grace"));
    edits.claimConflict(id, false);
    sync();
    leads.update(id, Map.of("Claimed By", "somebody"));
    sync();
    return id;
  }

  private List<String> kept() {
    return List.of(
        text("select count(*) || ' conflicts' from reconciler.conflict"),
        text("select count(*) || ' dead letters' from reconciler.dead_letter"),
        text("select count(*) || ' notices' from reconciler.notice"),
        text("select count(*) || ' agreed' from reconciler.agreed_value"));
  }

  private List<String> tables() {
    return world
        .jdbc()
        .sql(
            "select 'reconciler.' || tablename from pg_tables"
                + " where schemaname = 'reconciler' and tablename not like 'qrtz%'")
        .query(String.class)
        .list();
  }

  private void execute(String sql) {
    world.jdbc().sql(sql).update();
  }
}
