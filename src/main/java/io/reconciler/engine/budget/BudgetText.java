package io.reconciler.engine.budget;

import java.time.Duration;
import java.util.Locale;

/** What is said of a budget, to operators. */
public final class BudgetText {

  private BudgetText() {}

  /** What was used, and what will be. */
  public static String forecast(Budget budget) {
    return String.format(
        Locale.ROOT,
        "%,d of the plan's %,d requests of this month are used, and the schedule as it is set would"
            + " make it about %,d by the month's end",
        budget.used(),
        budget.quota(),
        budget.forecast());
  }

  /** The same, with what is done about it. */
  public static String shortage(Budget budget, Duration period) {
    return forecast(budget) + ": " + measure(budget, period);
  }

  /** What is done while it is short. */
  static String measure(Budget budget, Duration period) {
    if (budget.isUsedUp()) {
      return "the schedule starts nothing more until the month turns; what is left is for what users"
          + " ask for";
    }
    boolean seconds = period.toMinutes() < 2;
    double usual = period.toMillis() / (seconds ? 1_000.0 : 60_000.0);
    String sweeps = budget.allowsSweeps() ? "" : ", full sweeps";
    return String.format(
        Locale.ROOT,
        "runs come about every %,d %s instead of %,d; refreshes of computed fields%s are left"
            + " out",
        Math.round(usual * budget.stretch()),
        seconds ? "seconds" : "minutes",
        Math.round(usual),
        sweeps);
  }
}
