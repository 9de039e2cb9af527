package io.reconciler.side.postgres.rules;

import io.reconciler.side.mapping.Mapping;
import java.util.Optional;
import javax.sql.DataSource;

/** Says what keeps this user from the rows of a table, as the catalog has it at the moment. */
public final class TableAccess {

  private final Catalog catalog;

  public TableAccess(DataSource database) {
    this.catalog = new Catalog(database);
  }

  /** Which right on a mapped column is missing, and what to do; empty when none is. */
  public Optional<String> missingRight(Mapping mapping) {
    String table = mapping.postgres().table();
    return catalog
        .mapped(table)
        .flatMap(
            shape ->
                AccessRules.table(shape, table, mapping.columns(), catalog.access()).stream()
                    .findFirst())
        .map(
            problem ->
                problem.text() + "; the table has changed since the start: run `reconciler check`");
  }

  /** Whether row security may keep a row of a mapped table from being seen. */
  public boolean mayHideRows(Mapping mapping) {
    return catalog.mapped(mapping.postgres().table()).filter(PolicyRules::mayHide).isPresent();
  }

  /**
   * Why row security lets no row of a table be read, added or changed, and what to do; empty when
   * some can.
   *
   * @param table with its schema or as the search path finds it
   */
  public Optional<String> refusal(String table) {
    return catalog
        .mapped(table)
        .flatMap(
            shape ->
                PolicyRules.table(shape, table, catalog.access()).stream()
                    .filter(SchemaProblem::fatal)
                    .findFirst())
        .map(problem -> problem.text() + "; " + problem.ddl());
  }
}
