package io.reconciler.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.engine.repair.SettleRequest;
import io.reconciler.engine.repair.SettleResult;
import io.reconciler.engine.verify.Cause;
import io.reconciler.engine.verify.VerifyResult;
import io.reconciler.program.command.CommandAnswer;
import io.reconciler.sandbox.table.SandboxField;
import io.reconciler.sandbox.table.SandboxTable;
import io.reconciler.world.SideBySide;
import io.reconciler.world.TablesWorld;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Columns that hold fewer digits, or blanks, than their mapping says. */
@SideBySide(SideBySide.Lane.COMMANDS)
class NarrowColumnsTest {

  private static final String GOODS =
      """
      table: Goods
      last_modified_field: Changed
      postgres:
        client: client_id
        created_at: created_at
        updated_at: updated_at
      groups:
        - {name: offer, policy: newest}
      fields:
        - {column: name, type: varchar(50), airtable_field: Name, airtable_type: singleLineText, conversion: text, owner: airtable}
        - {column: price, type: numeric, airtable_field: Price, airtable_type: number, conversion: number, owner: airtable}
        - {column: weight, type: double precision, airtable_field: Weight, airtable_type: number, conversion: number, owner: airtable}
        - {column: seen_at, type: timestamptz, airtable_field: Seen, airtable_type: singleLineText, conversion: timestamp, owner: airtable}
        - {column: offer, type: numeric, airtable_field: Offer, airtable_type: number, conversion: number, owner: portal, group: offer}
        - {column: offered_at, type: timestamptz, airtable_field: Offered, airtable_type: dateTime, conversion: timestamp, owner: portal, group: offer}
      """;
  private static final String DDL =
      """
      create domain money2 as numeric(12,2);
      create table goods (id uuid primary key, client_id uuid not null, airtable_record_id text,
        name varchar(3), price numeric(10,2), weight numeric, seen_at timestamptz(3), offer money2,
        offered_at timestamptz, created_at timestamptz, updated_at timestamptz not null default now(),
        unique (client_id, airtable_record_id));
      """;
  private static final String OLD = "update goods set updated_at = now() - interval '5 minutes'";

  @TempDir private static Path folder;
  private static TablesWorld world;
  private static SandboxTable goods;

  @BeforeAll
  static void open() {
    world = TablesWorld.open(folder, Map.of("goods", GOODS), DDL, Map.of("Goods", fields()));
    goods = world.base().table("Goods");
  }

  private static List<SandboxField> fields() {
    return List.of(
        SandboxField.of("Name", "singleLineText"),
        SandboxField.of("Price", "number"),
        SandboxField.of("Weight", "number"),
        SandboxField.of("Seen", "singleLineText"),
        SandboxField.of("Offer", "number"),
        SandboxField.of("Offered", "dateTime"),
        SandboxField.lastModified("Changed"));
  }

  @BeforeEach
  void fresh() {
    execute("drop trigger if exists others on goods");
    execute("alter table goods alter price type numeric(10,2), alter offer type money2");
    world.fresh(List.of("goods"));
  }

  @AfterAll
  static void close() {
    world.close();
  }

  @Test
  void what_a_column_rounds_off_is_written_once_and_goes_back_never() {
    String id =
        goods.create(
            Map.of(
                "Name",
                "Ann  ",
                "Price",
                1.005,
                "Weight",
                0.12345678901234568,
                "Seen",
                "2026-01-02T03:04:05.678999Z",
                "Offer",
                2.3456));
    String other = goods.create(Map.of("Name", "Bob"));
    sync();
    goods.update(other, Map.of("Price", 9.999, "Offer", 0.001));
    sync();
    execute(OLD);
    Map<String, Object> row = world.row("goods", id);
    List<String> rows = rows();
    world.sandbox().clearLogs();

    RunResult sweep = sync();
    RunResult again = sync();

    for (RunResult run : List.of(sweep, again)) {
      assertThat(run.stage1().updated()).isZero();
      assertThat(run.stage2().recordsProcessed()).isZero();
    }
    assertThat(rows()).isEqualTo(rows);
    assertThat(row)
        .containsEntry("name", "Ann")
        .containsEntry("price", new BigDecimal("1.01"))
        .containsEntry("weight", new BigDecimal("0.123456789012346"))
        .containsEntry("offer", new BigDecimal("2.35"));
    assertThat(world.row("goods", other)).containsEntry("offer", new BigDecimal("0.00"));
    assertThat(world.sandbox().writes()).isEmpty();
    assertThat(number(id, "Offer")).isEqualTo(2.3456);
    assertThat(number(other, "Offer")).isEqualTo(0.001);
    assertThat(number(id, "Price")).isEqualTo(1.005);
    assertThat(world.cell("Goods", id, "Name").asText()).isEqualTo("Ann  ");
    VerifyResult verified =
        Objects.requireNonNull(
            world
                .engine()
                .verify(
                    new RunRequest(Trigger.CLI, "test", 20, null, true, false, false),
                    ProgressListener.NONE)
                .get(0)
                .result());
    assertThat(verified.causes())
        .containsEntry(Cause.ALTERED, 7L)
        .containsEntry(Cause.UNEXPLAINED, 0L)
        .containsEntry(Cause.PENDING, 0L);
  }

  @Test
  void an_edit_of_the_portal_of_the_same_group_leaves_the_exact_value_alone() {
    String id = goods.create(Map.of("Name", "Ann", "Offer", 2.3456));
    sync();
    execute(
        "update goods set offered_at = '2026-01-02T03:04:05Z', updated_at = now() - interval '2 minutes'");

    assertThat(sync().stage2().updated()).isEqualTo(1);

    assertThat(number(id, "Offer")).isEqualTo(2.3456);
    assertThat(world.cell("Goods", id, "Offered").asText()).startsWith("2026-01-02T03:04:05");
    assertThat(world.row("goods", id)).containsEntry("offer", new BigDecimal("2.35"));
    assertThat(sync().stage2().recordsProcessed()).isZero();
  }

  @Test
  void an_edit_of_the_rounded_value_itself_is_the_portals_word() {
    String id = goods.create(Map.of("Name", "Ann", "Offer", 2.3456));
    sync();

    offer("3");
    assertThat(sync().stage2().updated()).isEqualTo(1);
    assertThat(number(id, "Offer")).isEqualTo(3);
    offer("2.35");
    assertThat(sync().stage2().updated()).isEqualTo(1);

    assertThat(number(id, "Offer")).isEqualTo(2.35);
    assertThat(world.row("goods", id)).containsEntry("offer", new BigDecimal("2.35"));
    assertThat(sync().stage2().recordsProcessed()).isZero();
  }

  @Test
  void an_edit_in_airtable_is_pulled_and_no_conflict() {
    String id = goods.create(Map.of("Name", "Ann", "Offer", 2.3456));
    sync();
    execute(OLD);
    goods.update(id, Map.of("Offer", 7.777));

    RunResult run = sync();

    assertThat(run.stage2().conflicts()).isZero();
    assertThat(world.row("goods", id)).containsEntry("offer", new BigDecimal("7.78"));
    assertThat(number(id, "Offer")).isEqualTo(7.777);
    assertThat(
            world.jdbc().sql("select count(*) from reconciler.conflict").query(Long.class).single())
        .isZero();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_column_that_is_made_wide_enough_gets_the_exact_value(boolean triggers) {
    if (triggers) {
      execute(
          "create trigger others before update on goods for each row"
              + " execute function suppress_redundant_updates_trigger()");
    }
    String id = goods.create(Map.of("Name", "Ann", "Price", 1.005, "Offer", 2.3456));
    sync();
    execute("alter table goods alter price type numeric, alter offer type numeric");
    execute(OLD);

    assertThat(sync().stage1().updated()).isEqualTo(1);

    assertThat(world.row("goods", id))
        .containsEntry("price", new BigDecimal("1.005"))
        .containsEntry("offer", new BigDecimal("2.3456"));
    assertThat(number(id, "Offer")).isEqualTo(2.3456);
    assertThat(sync().stage1().updated()).isZero();
  }

  @Test
  void the_losing_value_of_a_conflict_can_be_applied_over_a_rounded_winner() {
    String id = goods.create(Map.of("Name", "Ann", "Offer", 1));
    sync();
    execute("update goods set offer = 5, updated_at = now() - interval '5 minutes'");
    goods.update(id, Map.of("Offer", 2.3456));
    sync();
    UUID conflict =
        world.jdbc().sql("select id from reconciler.conflict").query(UUID.class).single();
    assertThat(world.row("goods", id)).containsEntry("offer", new BigDecimal("2.35"));

    SettleResult applied =
        world.engine().applyConflict(new SettleRequest(conflict, "ann", Trigger.CLI, null));

    assertThat(applied.message()).startsWith("applied");
    assertThat(number(id, "Offer")).isEqualTo(5);
    assertThat(world.row("goods", id)).containsEntry("offer", new BigDecimal("5.00"));
  }

  @Test
  void check_names_the_columns_with_their_types_and_offers_what_helps() {
    String before = CommandAnswer.to(world.environment(), "", "check").out();
    execute("alter table goods alter price type numeric, alter offer type numeric(1000, 2)");
    String after = CommandAnswer.to(world.environment(), "", "check").out();

    assertThat(before)
        .contains(
            "goods.price is numeric(10,2), narrower than numeric: PostgreSQL rounds off digits that"
                + " Airtable holds; or write its type, numeric(10,2), in the mapping",
            "alter table public.goods alter column price type numeric;",
            "goods.offer is numeric(12,2), narrower than numeric",
            "goods.weight is numeric, narrower than double precision",
            "alter table public.goods alter column weight type double precision;");
    assertThat(after)
        .contains("goods.offer is numeric(1000,2), narrower", "goods.weight is numeric, narrower")
        .doesNotContain("goods.price is");
  }

  private static RunResult sync() {
    RunResult run = world.sync(true);
    assertThat(run.success()).as("%s", run).isTrue();
    assertThat(run.errorCount()).as("%s", run).isZero();
    return run;
  }

  private static void offer(String value) {
    execute(
        "update goods set offer = %s, updated_at = now() - interval '2 minutes'".formatted(value));
  }

  private static double number(String id, String field) {
    return world.cell("Goods", id, field).asDouble();
  }

  private static List<String> rows() {
    return world.rows(List.of("goods", "reconciler.agreed_value"));
  }

  private static void execute(String sql) {
    world.jdbc().sql(sql).update();
  }
}
