package io.reconciler.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.program.boot.Engine;
import io.reconciler.program.boot.TestEngine;
import io.reconciler.side.mapping.Conversion;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.PgType;
import io.reconciler.side.mapping.PgType.Base;
import io.reconciler.world.World;
import io.reconciler.world.WorldTest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A column and its mapping get another type together, in which the values stay what they were. */
class RetypedMappingTest extends WorldTest {

  private static final World OWN = World.open(Map.of());
  private static final Engine LISTS =
      TestEngine.start(
          OWN.settings(),
          World.defaultMapping().withFields(RetypedMappingTest::asList),
          OWN.database(),
          Map.of());

  RetypedMappingTest() {
    super(OWN);
  }

  @AfterAll
  static void close() {
    LISTS.close();
    OWN.close();
  }

  @AfterEach
  void back() {
    execute("alter table leads alter notes type text using null");
  }

  @Test
  void what_was_agreed_on_as_a_text_is_the_list_of_it_and_nobody_edited_it() {
    List<String> ids = reconciled(4);
    execute("alter table leads alter notes type text[] using array[notes]");
    leads.update(ids.get(0), Map.of("Notes", "note 1, pro"));
    world.portalEdit(ids.get(1), GRACE_OVER, Map.of("notes", new String[] {"note 2", "portal"}));
    leads.update(ids.get(2), Map.of("Notes", "airtable"));
    world.portalEdit(ids.get(2), GRACE_OVER, Map.of("notes", new String[] {"portal"}));

    run(false);
    run(true);

    holds(ids.get(0), "note 1, pro");
    holds(ids.get(1), "note 2, portal");
    holds(ids.get(3), "note 4");
    // Both have edited this one, whatever it was before.
    assertThat(
            world
                .jdbc()
                .sql("select airtable_record_id from reconciler.conflict")
                .query(String.class)
                .list())
        .containsExactly(ids.get(2));
    holds(ids.get(2), cell(ids.get(2), "Notes"));
    world.sandbox().clearLogs();
    assertThat(run(true).stage1().updated()).isZero();
    assertThat(writes()).isZero();
  }

  private static FieldMapping asList(FieldMapping field) {
    return field.column().equals("notes")
        ? new FieldMapping(
            field.column(),
            new PgType(Base.TEXT_ARRAY, 0),
            false,
            null,
            field.airtableField(),
            field.airtableType(),
            new Conversion(Conversion.Kind.TAGS, Map.of(), null, false),
            field.owner(),
            field.group())
        : field;
  }

  private static RunResult run(boolean full) {
    return succeeded(
        Objects.requireNonNull(
            LISTS.reconcile(OWN.request(20, full), ProgressListener.NONE).get(0).result()));
  }

  private void holds(String id, String notes) {
    assertThat(notes(id)).isEqualTo(notes);
    assertThat(cell(id, "Notes")).isEqualTo(notes);
  }

  private String notes(String id) {
    return text(
        "select array_to_string(notes, ', ') from leads where airtable_record_id = '" + id + "'");
  }

  private void execute(String sql) {
    world.jdbc().sql(sql).update();
  }
}
