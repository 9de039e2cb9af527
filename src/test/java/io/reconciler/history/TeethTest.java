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
    List<Step> steps = History.read(FILES.resolve(bug.file())).steps();
    int common = common(steps);
    Nodes.Hook buggy = bug.in(bench.world());
    Beginning beginning = new Beginning(steps.subList(0, common), buggy);
    List<String> with = List.of();
    List<String> without = List.of();
    for (List<Step> rest : moments(steps.subList(common, steps.size()))) {
      with = beginning.on(bench, buggy).once(rest).failures();
      if (!with.isEmpty()) {
        without =
            new Beginning(steps.subList(0, common), Nodes.Hook.NONE)
                .on(bench, Nodes.Hook.NONE)
                .once(rest)
                .failures();
        break;
      }
    }
    assertThat(with).anySatisfy(failure -> assertThat(failure).startsWith(bug.caughtBy()));
    assertThat(without).isEmpty();
  }

  // So many steps are played the same whenever an edit in the middle of a run is made.
  private static int common(List<Step> steps) {
    return Math.max(0, steps.stream().map(Step::kind).toList().indexOf(Kind.DURING));
  }

  // An edit in the middle of a run: at which node a bug lets it slip is for the test to find out.
  private static List<List<Step>> moments(List<Step> rest) {
    if (rest.get(0).kind() != Kind.DURING) {
      return List.of(rest);
    }
    List<List<Step>> moments = new ArrayList<>();
    for (int node = 0; node < NODES; node++) {
      List<Step> moment = new ArrayList<>(rest);
      moment.set(0, Step.of(Kind.DURING, node));
      moments.add(moment);
    }
    return moments;
  }
}
