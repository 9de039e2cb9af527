package io.reconciler.engine.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.engine.run.RunRequest;
import io.reconciler.engine.run.Trigger;
import io.reconciler.scenario.Case;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where windows start, as {@code scenarios/windows.yaml} has it. */
class WindowsTest {

  private static final Instant ZERO = Instant.parse("2026-03-04T05:00:00Z");
  private static final long NOW = 1000;
  private static final Set<String> EXPECTED =
      Set.of("pull-from", "moves-watermark", "push-from", "pushed-until");

  static List<Case> cases() {
    return Case.read(
        "windows.yaml",
        "run",
        "after-restore",
        "pulled-until",
        "pushed-until",
        "open-since",
        "window-from",
        "grace",
        "expect");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void windows_are_as_written(Case written) {
    Map<String, @Nullable Object> expected = written.columns("expect");

    assertThat(expected).isNotEmpty();
    assertThat(found(written, expected.keySet())).isEqualTo(expected);
  }

  @Test
  void every_kind_of_window_occurs() {
    assertThat(
            cases().stream()
                .flatMap(written -> written.columns("expect").keySet().stream())
                .collect(Collectors.toSet()))
        .isEqualTo(EXPECTED);
    assertThat(cases()).extracting(Case::name).doesNotHaveDuplicates();
  }

  private static Map<String, @Nullable Object> found(Case written, Set<String> asked) {
    Map<String, @Nullable Object> found = new TreeMap<>();
    for (String what : asked) {
      found.put(what, found(written, what));
    }
    return found;
  }

  private static Object found(Case written, String what) {
    RunRequest request = request(written.part("run", "trigger", "minutes", "full"));
    Instant pulled = at(written.number("pulled-until"));
    return switch (what) {
      case "pull-from" ->
          minute(Windows.pullStart(request, written.is("after-restore"), at(NOW), pulled));
      case "moves-watermark" ->
          Windows.coversPull(request, at(written.number("window-from", NOW)), pulled);
      case "push-from" -> minute(Windows.pushStart(request, watermark(written)));
      case "pushed-until" ->
          minute(
              Windows.pushCovered(
                  watermark(written), Duration.ofMinutes(written.number("grace", NOW))));
      default -> throw new IllegalArgumentException(written + " expects " + what);
    };
  }

  private static RunRequest request(Case run) {
    return new RunRequest(
        Trigger.valueOf(run.text("trigger", "cli").toUpperCase(Locale.ROOT)),
        "test",
        (int) run.number("minutes", 20),
        null,
        run.is("full"),
        false,
        false);
  }

  private static Watermark watermark(Case written) {
    return new Watermark(
        null, at(written.number("pushed-until")), null, at(written.number("open-since")), at(NOW));
  }

  private static Object minute(Instant time) {
    return time.equals(Instant.EPOCH)
        ? "every lead"
        : (Object) (int) Duration.between(ZERO, time).toMinutes();
  }

  private static Instant at(long minute) {
    return ZERO.plus(Duration.ofMinutes(minute));
  }

  private static @Nullable Instant at(@Nullable Long minute) {
    return minute == null ? null : at((long) minute);
  }
}
