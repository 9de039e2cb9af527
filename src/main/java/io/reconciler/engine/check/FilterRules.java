package io.reconciler.engine.check;

import io.reconciler.side.airtable.FilterFields;
import io.reconciler.side.airtable.TableSchema;
import io.reconciler.side.mapping.Mapping;
import java.util.List;

/** Says what is wrong with a mapping's filter. Pure. */
final class FilterRules {

  private FilterRules() {}

  /** A line for each field that it names in braces and that is not there. */
  static List<CheckLine> check(Mapping mapping, TableSchema table) {
    return FilterFields.problems(mapping, table).stream().map(FilterRules::refused).toList();
  }

  /** Airtable answered that it is no formula. */
  static CheckLine refused(String problem) {
    return CheckLine.failed(
        FieldRules.AREA,
        problem,
        "correct \"filter\" in the mapping; Airtable refuses every listing until then");
  }
}
