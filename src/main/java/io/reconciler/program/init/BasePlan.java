package io.reconciler.program.init;

import java.util.List;

/**
 * What becomes of the tables of a base.
 *
 * @param tables those that get a mapping, in their order
 * @param leftOut the others
 */
public record BasePlan(List<TablePlan> tables, List<LeftOutTable> leftOut) {

  public BasePlan {
    tables = List.copyOf(tables);
    leftOut = List.copyOf(leftOut);
  }
}
