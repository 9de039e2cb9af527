package io.reconciler.engine.check;

import io.reconciler.side.airtable.FilterFields;
import io.reconciler.side.airtable.TableSchema;
import io.reconciler.side.mapping.Mapping;
import java.util.List;

/** Says whether the fields that a mapping's filter names in braces are there. Pure. */
final class FilterRules {

  private FilterRules() {}

  static List<CheckLine> check(Mapping mapping, TableSchema table) {
    return FilterFields.problems(mapping, table).stream()
        .map(
            problem ->
                CheckLine.failed(
                    FieldRules.AREA,
                    problem,
                    "correct \"filter\" in the mapping; Airtable refuses every listing until then"))
        .toList();
  }
}
