package io.reconciler.engine.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.engine.apply.plan.Page;
import io.reconciler.engine.run.Client;
import io.reconciler.engine.run.ProgressListener;
import io.reconciler.engine.run.Run;
import io.reconciler.engine.run.RunResult;
import io.reconciler.sandbox.samples.SampleLeads;
import io.reconciler.side.airtable.AirtableRecord;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.postgres.statement.LeadStatements;
import io.reconciler.world.SideBySide;
import io.reconciler.world.WorldTest;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What PostgreSQL may take for a page in which nothing is to be done, and what it must not. */
@SideBySide(SideBySide.Lane.RUNS)
class SamePagesTest extends WorldTest {

  private static final int LEADS = 30;
  private static final String VERSIONS =
      "select string_agg(xmin || ' ' || xmax, ',' order by airtable_record_id) from ";

  private List<String> ids;

  @BeforeEach
  void inStep() {
    ids = SampleLeads.fill(leads, LEADS, 7, Instant.now());
    fullSync();
  }

  @Test
  void records_as_they_are_agreed_on_are_neither_written_nor_locked() {
    List<String> before = versions();

    RunResult result = fullSync();

    assertThat(same()).isEqualTo(LEADS);
    assertThat(result.stage1().unchanged()).isEqualTo(LEADS);
    assertThat(versions()).isEqualTo(before);
  }

  @Test
  void a_value_that_somebody_changed_is_seen_in_each_column() {
    List<String> missed = new ArrayList<>();
    for (FieldMapping field : world.mapping().fields()) {
      if (of("leads", field.column() + " = " + other(field)) != LEADS - 1) {
        missed.add(field.column());
      }
    }
    assertThat(missed).isEmpty();
  }

  @Test
  void so_is_one_that_somebody_took_away() {
    List<String> missed = new ArrayList<>();
    for (FieldMapping field : world.mapping().fields()) {
      String column = field.column();
      long held = world.count("select count(*) from leads where " + column + " is not null");
      if (!field.notNull() && held > 0 && of("leads", column + " = null", column) != LEADS - 1) {
        missed.add(column);
      }
    }
    assertThat(missed).isEmpty();
  }

  @Test
  void both_are_made_good_though_their_time_was_left_alone() {
    change("leads", "company = 'Other', notes = 'quiet'", ids.get(3));
    String company = cell(ids.get(3), "Company");

    fullSync();

    assertThat(world.lead(ids.get(3)).get("company")).isEqualTo(company);
    assertThat(cell(ids.get(3), "Notes")).isEqualTo("quiet");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "agreed = '{}'",
        "agreed = jsonb_set(agreed, '{notes,notes}', '\"other\"')",
        "intent = agreed",
        "seen = agreed",
        "written = agreed",
        "pending = true",
        "gone = true",
        "agreed = agreed || '{\"former\": {\"company\": \"other\"}}'",
        "airtable_modified_at = airtable_modified_at - interval '1 ms'"
      })
  void what_else_is_known_of_a_record_makes_it_another(String change) {
    assertThat(of("reconciler.agreed_value", change)).isEqualTo(LEADS - 1);
  }

  @Test
  void what_was_agreed_on_of_a_column_that_is_in_no_mapping_does_not() {
    assertThat(of("reconciler.agreed_value", "agreed = agreed || '{\"former\": {\"rank\": 1}}'"))
        .isEqualTo(LEADS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"infinity", "-infinity", "0044-03-15 BC"})
  void so_does_a_time_that_can_not_be_read(String time) {
    assertThat(of("leads", "updated_at = '" + time + "'")).isEqualTo(LEADS - 1);
  }

  @Test
  void so_does_another_client() {
    String other = String.valueOf(world.addClient("appSamePagesOther"));

    assertThat(of("leads", "client_id = '" + other + "'")).isEqualTo(LEADS - 1);
  }

  @Test
  void so_does_what_waits_for_it() {
    change("leads", "is_active = is_active", ids.get(3));
    world
        .jdbc()
        .sql(
            "insert into reconciler.left_record (client_id, table_name, airtable_record_id)"
                + " values (:client, 'leads', :id)")
        .param("client", world.clientId())
        .param("id", ids.get(3))
        .update();

    assertThat(same()).isEqualTo(LEADS - 1);
  }

  /** How many are the same while one of them is changed so. */
  private long of(String table, String change) {
    return of(table, change, "airtable_record_id");
  }

  private long of(String table, String change, String held) {
    String id =
        text(
            "select min(airtable_record_id) from "
                + table
                + " where cast("
                + held
                + " as text) <> ''");
    world.jdbc().sql("drop table if exists kept").update();
    world.jdbc().sql("create table kept as select * from " + table).update();
    change(table, change, id);
    long same = same();
    world.jdbc().sql("delete from " + table).update();
    world.jdbc().sql("insert into " + table + " select * from kept").update();
    world.jdbc().sql("drop table kept").update();
    return same;
  }

  private void change(String table, String change, String id) {
    world
        .jdbc()
        .sql("update " + table + " set " + change + " where airtable_record_id = :id")
        .param("id", id)
        .update();
  }

  private long same() {
    Run run =
        new Run(
            new Client(world.clientId(), "", "", world.baseId(), true, Set.of("leads")),
            scheduled(),
            Clock.systemUTC(),
            ProgressListener.NONE,
            world.mapping());
    RecordConverter converter = new RecordConverter(world.mapping());
    Page page =
        Page.pulled(
            ids.stream()
                .map(id -> new AirtableRecord(id, Instant.EPOCH, leads.cells(id)))
                .map(record -> converter.convert(record, Set.of(), Instant.now()))
                .toList());
    SameRecords records = new SameRecords();
    assertThat(records.canBe(page, run)).isTrue();
    return world
        .jdbc()
        .sql(
            new LeadStatements(world.mapping())
                .byName()
                .get("countSame")
                .replace(":#${exchangeProperty.run.client.id}", ":client")
                .replace(":#${exchangeProperty.pageRows}", ":rows"))
        .param("client", world.clientId().toString())
        .param("rows", records.rows(page, run))
        .query(Long.class)
        .single();
  }

  private List<String> versions() {
    return List.of(text(VERSIONS + "leads"), text(VERSIONS + "reconciler.agreed_value"));
  }

  private static String other(FieldMapping field) {
    String column = field.column();
    return switch (field.type().base()) {
      case BOOLEAN -> column + " is not true";
      case INTEGER, BIGINT, SMALLINT, NUMERIC -> "coalesce(" + column + ", 0) + 1";
      case TIMESTAMPTZ -> "coalesce(" + column + ", now()) + interval '1 ms'";
      case UUID -> "gen_random_uuid()";
      case TEXT_ARRAY -> "array_append(" + column + ", 'other')";
      default -> "'Other'";
    };
  }
}
