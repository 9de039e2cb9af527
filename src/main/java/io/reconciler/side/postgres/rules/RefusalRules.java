package io.reconciler.side.postgres.rules;

import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.postgres.rules.Catalog.Access;
import io.reconciler.side.postgres.rules.TableShape.Column;
import io.reconciler.side.postgres.rules.TableShape.Constraint;
import java.util.ArrayList;
import java.util.List;

/** Says what in the portal's table may refuse a value, or hold one that the engine can't read. */
final class RefusalRules {

  private RefusalRules() {}

  static List<SchemaProblem> leads(TableShape leads, Mapping mapping, Access access) {
    List<SchemaProblem> problems = new ArrayList<>();
    List<String> mapped = mapping.fields().stream().map(field -> field.column()).toList();
    leads.constraints().stream()
        .filter(constraint -> constraint.columns().stream().anyMatch(mapped::contains))
        .forEach(constraint -> problems.add(refusing(constraint)));
    leads.guestTriggers().forEach(trigger -> problems.add(guest(trigger, access)));
    problems.addAll(sequences(leads, "leads", access));
    nullable(leads, "updated_at")
        .forEach(
            column ->
                problems.add(
                    SchemaProblem.warning(
                        "leads.updated_at may be null: such a lead counts as edited when it was made,"
                            + " and later edits of it wait for the full sweep",
                        ("update %1$s set updated_at = coalesce(created_at, now())"
                                + " where updated_at is null; alter table %1$s"
                                + " alter column updated_at set default now(),"
                                + " alter column updated_at set not null")
                            .formatted(leads.place()))));
    nullable(leads, "airtable_record_id")
        .forEach(
            column ->
                problems.add(
                    SchemaProblem.warning(
                        "leads.airtable_record_id may be null: leads without one are not linked and"
                            + " take part in nothing",
                        "")));
    return problems;
  }

  private static List<Column> nullable(TableShape leads, String name) {
    Column column = leads.columns().get(name);
    return column == null || column.notNull() ? List.of() : List.of(column);
  }

  private static SchemaProblem refusing(Constraint constraint) {
    return SchemaProblem.warning(
        "leads has %s, %s: a value of %s that it refuses goes to the dead letters, the rest of its"
                .formatted(
                    constraint.name(),
                    constraint.definition(),
                    String.join(", ", constraint.columns()))
            + " record is applied",
        "");
  }

  private static SchemaProblem guest(String trigger, Access access) {
    return SchemaProblem.warning(
        "the trigger %s of leads runs with the rights of %s: grant it what the trigger's function needs,"
                .formatted(trigger, access.username())
            + " or make that SECURITY DEFINER",
        "");
  }

  /**
   * What keeps this user from inserting any row.
   *
   * @param rows what texts call the table's rows
   */
  static List<SchemaProblem> sequences(TableShape table, String rows, Access access) {
    return table.lackingSequences().stream()
        .map(
            sequence ->
                SchemaProblem.fatal(
                    "%s may not use %s, from which new %s get a value"
                        .formatted(access.username(), sequence, rows),
                    "grant usage on sequence %s to %s".formatted(sequence, access.username())))
        .toList();
  }
}
