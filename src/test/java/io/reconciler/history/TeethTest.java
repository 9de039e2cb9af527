package io.reconciler.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.history.Step.Kind;
import io.reconciler.world.SideBySide;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The checks bite: each known bug, put back into the engine, turns a short history red. */
@Order(4)
@SideBySide(SideBySide.Lane.PLAYS)
class TeethTest {

  private static final Path FILES = Path.of("src", "test", "resources", "teeth");
  private static final int NODES = 120;

  private static Bench bench;

  @BeforeAll
  static void open() {
    bench = new Bench();
  }

  @AfterAll
  static void close() {
    bench.close();
  }

  @ParameterizedTest
  @EnumSource(KnownBug.class)
  void a_known_bug_is_caught_and_its_history_is_green_without_it(KnownBug bug) {
    History history = History.read(FILES.resolve(bug.file()));
    List<String> with = List.of();
    List<String> without = List.of();
    for (History moment : moments(history)) {
      with = Play.once(moment, bench, bug.in(bench.world())).failures();
      if (!with.isEmpty()) {
        without = Play.once(moment, bench, Nodes.Hook.NONE).failures();
        break;
      }
    }
    assertThat(with).anySatisfy(failure -> assertThat(failure).startsWith(bug.caughtBy()));
    assertThat(without).isEmpty();
  }

  // An edit in the middle of a run: at which node a bug lets it slip is for the test to find out.
  private static List<History> moments(History history) {
    if (history.steps().stream().noneMatch(step -> step.kind() == Kind.DURING)) {
      return List.of(history);
    }
    List<History> moments = new ArrayList<>();
    for (int node = 0; node < NODES; node++) {
      Step moment = Step.of(Kind.DURING, node);
      moments.add(
          new History(
              history.name(),
              history.steps().stream()
                  .map(step -> step.kind() == Kind.DURING ? moment : step)
                  .toList()));
    }
    return moments;
  }
}
