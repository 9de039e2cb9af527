package io.reconciler.engine.guard;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reconciler.engine.dryrun.FirstDifferences;
import io.reconciler.engine.failure.RunStoppedException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many leads a run may deactivate, and decide about the first time, without being told. */
class GuardTest {

  @ParameterizedTest(name = "{1} of {0} leads are gone: stopped {2}")
  @CsvSource({
    "0, 0, false",
    "1, 1, false",
    "2, 2, false",
    "3, 3, true",
    "3, 2, false",
    "11, 10, false",
    "11, 11, true",
    "12, 11, true",
    "100, 10, false",
    "109, 11, true",
    "110, 11, false",
    "1000, 100, false",
    "1000, 101, true"
  })
  void more_than_a_tenth_and_more_than_ten_or_all_of_three_stop_a_run(
      long active, long gone, boolean stopped) {
    if (stopped) {
      assertThatThrownBy(() -> Guard.check(active, gone, null))
          .isInstanceOf(RunStoppedException.class)
          .hasMessageContaining(gone + " of " + active + " active leads")
          .hasMessageContaining("--force");
    } else {
      assertThatCode(() -> Guard.check(active, gone, null)).doesNotThrowAnyException();
    }
  }

  @ParameterizedTest(name = "{1} of {0} leads differ: stopped {2}")
  @CsvSource({"10, 10, false", "11, 11, true", "110, 11, false", "109, 11, true"})
  void many_first_differences_stop_a_run_that_was_not_told_whose_values_count(
      int leads, int differ, boolean stopped) {
    FirstDifferences found = new FirstDifferences();
    found.leads(leads);
    for (int i = 0; i < differ; i++) {
      found.add("rec" + i, FirstDifferences.Kind.values()[i % 3]);
      found.add("rec" + i, FirstDifferences.Kind.values()[i % 3]);
    }

    if (stopped) {
      assertThatThrownBy(() -> Guard.check(found, true))
          .isInstanceOf(RunStoppedException.class)
          .hasMessageContaining("11 of %d leads differ", leads)
          .hasMessageContaining("4 hold a value in Airtable only, 4 in PostgreSQL only, 3 another")
          .hasMessageContaining("sync --full --dry-run")
          .hasMessageContaining("--first airtable");
    } else {
      assertThatCode(() -> Guard.check(found, true)).doesNotThrowAnyException();
    }
  }
}
