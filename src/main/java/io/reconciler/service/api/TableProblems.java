package io.reconciler.service.api;

import io.reconciler.side.postgres.rules.LeadsTable;
import io.reconciler.side.postgres.rules.SchemaProblem;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/**
 * What of the portal's tables is not as the mapping has it at the moment, or keeps people from
 * signing in, so that runs or requests can't do their work; looked at as {@code check} does.
 */
public final class TableProblems {

  /** Many requests may fail at once, and for the same. */
  private static final long GOOD = Duration.ofSeconds(1).toNanos();

  private final Supplier<LeadsTable> tables;
  private final LongSupplier nanoTime;
  private @Nullable Set<String> atFirst;
  private @Nullable String lastFailure;
  private Optional<String> lastProblem = Optional.empty();
  private long lastAt;

  /** Of these tables; the time tells for how long a problem counts as that of the moment. */
  public TableProblems(Supplier<LeadsTable> tables, LongSupplier nanoTime) {
    this.tables = tables;
    this.nanoTime = nanoTime;
  }

  /**
   * What is wrong, each in a line; none where nothing is.
   *
   * @throws DataAccessException when the database can't be asked
   */
  public List<String> list() {
    LeadsTable now = tables.get();
    return list(now, texts(now.signIn().stream()));
  }

  private static List<String> list(LeadsTable now, List<String> signIn) {
    List<String> fatal = texts(now.problems().stream().filter(SchemaProblem::fatal));
    return Stream.concat(fatal.stream(), signIn.stream()).distinct().toList();
  }

  private static List<String> texts(Stream<SchemaProblem> problems) {
    return problems.map(SchemaProblem::text).toList();
  }

  /**
   * The same, without what kept people from signing in when this process first looked: where nobody
   * ever could, by a table of the portal's own that was never meant for it, nothing has failed.
   *
   * @throws DataAccessException when the database can't be asked
   */
  public synchronized List<String> begun() {
    LeadsTable now = tables.get();
    List<String> signIn = texts(now.signIn().stream());
    Set<String> before = atFirst == null ? Set.copyOf(signIn) : atFirst;
    atFirst = before;
    return list(now, signIn).stream().filter(text -> !before.contains(text)).toList();
  }

  /** What a failure comes from, in a line; empty when the tables are as they must be. */
  synchronized Optional<String> behind(String failure) {
    boolean fresh = nanoTime.getAsLong() - lastAt < GOOD;
    if (!fresh || lastProblem.isEmpty() || !failure.equals(lastFailure)) {
      lastProblem = first();
      lastFailure = failure;
      lastAt = nanoTime.getAsLong();
    }
    return lastProblem;
  }

  private Optional<String> first() {
    try {
      return list().stream().findFirst();
    } catch (DataAccessException e) {
      return Optional.empty();
    }
  }
}
