package io.reconciler.program.init;

import io.reconciler.side.airtable.TableSchema.Field;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.Owner;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Holds a plan against what was named in words: none of it may be left out in silence. Pure. */
final class AskedFor {

  private final InitRequest request;
  private final BasePlan plan;
  private final List<String> problems = new ArrayList<>();

  private AskedFor(InitRequest request, BasePlan plan) {
    this.request = request;
    this.plan = plan;
  }

  /**
   * The plan, if it does all that was asked for.
   *
   * @throws InitException with a line for each table or field that it leaves out
   */
  static BasePlan ensure(InitRequest request, BasePlan plan) {
    AskedFor asked = new AskedFor(request, plan);
    plan.leftOut().forEach(asked::table);
    plan.tables().forEach(asked::fields);
    if (!asked.problems.isEmpty()) {
      throw new InitException(asked.problems);
    }
    return plan;
  }

  /** A table that nobody named is left out; not so the only one, or the one of a named field. */
  private void table(LeftOutTable table) {
    List<Field> fields =
        table.source().fields().stream().filter(f -> request.portal().contains(f.id())).toList();
    fields.forEach(field -> field(table.source().name(), field, table.reason()));
    boolean named = request.named().contains(table.source().id()) || plan.tables().isEmpty();
    if (named && fields.isEmpty()) {
      problems.add(table.reason() + ", or choose other tables with --table");
    }
  }

  private void fields(TablePlan table) {
    String name = table.source().name();
    if (table.isKept()) {
      table.source().fields().stream()
          .filter(field -> request.portal().contains(field.id()))
          .filter(field -> !isPortals(field, table.mapping()))
          .forEach(field -> field(name, field, kept(table)));
      return;
    }
    table.fields().stream()
        .filter(field -> !field.isMapped() && request.portal().contains(field.source().id()))
        .forEach(field -> field(name, field.source(), field.remark()));
  }

  private static String kept(TablePlan table) {
    return table.mapping().name()
        + ".yaml is there and stays as it is; write \"owner: portal\" and a group in it yourself";
  }

  private static boolean isPortals(Field field, Mapping mapping) {
    return mapping.fields().stream()
        .filter(mapped -> mapped.owner() == Owner.PORTAL)
        .anyMatch(
            mapped ->
                Stream.of(field.id(), field.name())
                    .anyMatch(name -> Objects.equals(name, mapped.airtableField())));
  }

  private void field(String table, Field field, String reason) {
    problems.add("--portal %s.%s: it is left out: %s".formatted(table, field.name(), reason));
  }
}
