package io.reconciler.engine.budget;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * The requests of a month: what was used, and what the schedule will use of the rest. Pure.
 *
 * @param quota what the plan allows in the month, over all bases
 * @param used what was used of it
 * @param perDay what the schedule costs in a day, as it is set
 */
public record Budget(long quota, long used, double perDay, Instant now) {

  /** The part of the quota that the schedule leaves for what users ask for. */
  private static final double RESERVE = 0.05;

  /** A sweep is put off when the schedule has to be stretched to more than this. */
  private static final double MOST_WITH_SWEEPS = 2;

  /** What is left is never taken for less: the schedule is stretched so far, and no further. */
  private static final double LONGEST = 72;

  /** What is done at the cost of requests, the most important first. */
  public enum Work {
    /** Somebody asked for it. */
    USER,
    /** The usual run, which brings the portal's edits to Airtable as well. */
    RUN,
    /** A full sweep. */
    SWEEP,
    /** A refresh of computed fields. */
    REFRESH
  }

  /** What will be used by the month's end, if the schedule goes on as it is set. */
  public long forecast() {
    return used + Math.round(perDay * daysLeft());
  }

  /** Whether the schedule as it is set would use more than there is. */
  public boolean isShort() {
    return stretch() > 1;
  }

  /** How many times the usual period lies between two runs, so that the rest will do. */
  public double stretch() {
    double left = Math.max(0, quota * (1 - RESERVE) - used);
    double wanted = perDay * daysLeft();
    return wanted <= left ? 1 : Math.min(LONGEST, wanted / Math.max(left, 1e-9));
  }

  /** Whether there is nothing left for the schedule. */
  public boolean isUsedUp() {
    return used >= quota * (1 - RESERVE);
  }

  /**
   * Whether work of this kind may be done now.
   *
   * @param sinceLast the time since the last of its kind was begun
   * @param period the usual time between two
   */
  public boolean allows(Work work, Duration sinceLast, Duration period) {
    return switch (work) {
      case USER -> true;
      case RUN -> !isShort() || (!isUsedUp() && isDue(sinceLast, period));
      case SWEEP -> allowsSweeps();
      case REFRESH -> !isShort();
    };
  }

  boolean allowsSweeps() {
    return !isUsedUp() && stretch() <= MOST_WITH_SWEEPS;
  }

  // Triggers come a moment sooner or later: half a period is given to them.
  private boolean isDue(Duration sinceLast, Duration period) {
    return sinceLast.compareTo(wait(period)) >= 0;
  }

  /** How long after a run the next one may begin. */
  Duration wait(Duration period) {
    return Duration.ofMillis(
        (long) Math.ceil(period.toMillis() * (isShort() ? stretch() - 0.5 : 0)));
  }

  private double daysLeft() {
    LocalDate first = LocalDate.ofInstant(now, ZoneOffset.UTC).withDayOfMonth(1);
    Instant end = first.plusMonths(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    return Duration.between(now, end).toMillis() / (double) Duration.ofDays(1).toMillis();
  }
}
