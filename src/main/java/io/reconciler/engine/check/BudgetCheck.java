package io.reconciler.engine.check;

import io.reconciler.engine.budget.Budget;
import io.reconciler.engine.budget.BudgetText;
import io.reconciler.engine.budget.Spending;
import java.util.List;
import org.springframework.dao.DataAccessException;

/** Says what the requests of this month come to, where the plan's quota is known. */
public final class BudgetCheck {

  static final String AREA = "quota";

  private BudgetCheck() {}

  /** One line, or none: without a quota there is nothing to compare, and a database may be away. */
  public static List<CheckLine> lines(Spending spending) {
    try {
      return spending.budget().map(budget -> List.of(line(budget, spending))).orElse(List.of());
    } catch (DataAccessException e) {
      return List.of();
    }
  }

  private static CheckLine line(Budget budget, Spending spending) {
    return budget.isShort()
        ? CheckLine.warning(
            AREA,
            BudgetText.shortage(budget, spending.period()),
            "run less often (RECONCILER_SCHEDULE), or take a larger plan and set"
                + " RECONCILER_AIRTABLE_MONTHLY_QUOTA")
        : CheckLine.ok(AREA, BudgetText.forecast(budget));
  }
}
