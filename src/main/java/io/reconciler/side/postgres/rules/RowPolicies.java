package io.reconciler.side.postgres.rules;

import java.util.Optional;
import javax.sql.DataSource;

/** Says what row level security keeps from this user, as the catalog has it at the moment. */
public final class RowPolicies {

  private final Catalog catalog;

  public RowPolicies(DataSource database) {
    this.catalog = new Catalog(database);
  }

  /**
   * Why no row of a table can be read, added or changed, and what to do; empty when some can.
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
