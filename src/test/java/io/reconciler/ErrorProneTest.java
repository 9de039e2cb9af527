package io.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** What Error Prone and NullAway found by the time when all other tests have ended. */
@Isolated("Waits for what runs beside the others.")
@Order(Integer.MAX_VALUE - 1)
class ErrorProneTest {

  @Test
  void no_source_has_a_mistake_that_error_prone_or_null_away_finds() {
    assertThat(ErrorProneBeside.program()).isEmpty();
  }

  @Tag("proof")
  @Test
  void no_test_has_a_mistake_that_error_prone_finds() {
    assertThat(ErrorProneBeside.tests()).isEmpty();
  }
}
