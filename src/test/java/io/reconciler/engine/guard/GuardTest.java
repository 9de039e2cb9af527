package io.reconciler.engine.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.reconciler.engine.dryrun.FirstDifferences;
import io.reconciler.engine.failure.RunStoppedException;
import io.reconciler.scenario.Case;
import java.util.List;
import java.util.Locale;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * How many leads a run may deactivate, and decide about the first time, without being told, as
 * {@code scenarios/guard.yaml} has it.
 */
class GuardTest {

  static List<Case> cases() {
    return Case.read(
        "guard.yaml",
        "active",
        "gone",
        "filter",
        "leads",
        "differ",
        "in-two-ways",
        "full",
        "expect",
        "says");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void the_guard_passes_or_stops_a_run_as_written(Case written) {
    ThrowingCallable check = written.has("active") ? () -> gone(written) : () -> differing(written);

    if (written.text("expect").equals("stopped")) {
      RunStoppedException stopped = catchThrowableOfType(RunStoppedException.class, check);
      assertThat(stopped).isNotNull().hasMessageContainingAll(words(written));
    } else {
      assertThat(written.text("expect")).isEqualTo("passes");
      assertThatCode(check).doesNotThrowAnyException();
    }
  }

  private static CharSequence[] words(Case written) {
    assertThat(written.list("says")).isNotEmpty();
    return written.list("says").toArray(CharSequence[]::new);
  }

  private static void gone(Case written) {
    String filter = written.has("filter") ? written.text("filter") : null;
    Guard.check(written.number("active", -1), written.number("gone", -1), filter);
  }

  private static void differing(Case written) {
    FirstDifferences found = new FirstDifferences();
    found.leads(written.number("leads", -1));
    Case differ = written.part("differ", "only-airtable", "only-portal", "both");
    for (FirstDifferences.Kind kind : FirstDifferences.Kind.values()) {
      String name = kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
      for (int i = 0; i < differ.number(name, 0); i++) {
        found.add(name + i, written.is("in-two-ways") ? oneWay(i) : kind);
        found.add(name + i, written.is("in-two-ways") ? oneWay(i + 1) : kind);
      }
    }
    Guard.check(found, written.is("full"));
  }

  private static FirstDifferences.Kind oneWay(int i) {
    return i % 2 == 0 ? FirstDifferences.Kind.ONLY_AIRTABLE : FirstDifferences.Kind.ONLY_PORTAL;
  }
}
