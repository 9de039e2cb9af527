package io.reconciler.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.history.Nodes.Passage;
import io.reconciler.history.Step.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * P4: a run that has everything to do is killed at every node of its routes, one after the other;
 * one run later nothing is lost, nothing doubled and both sides agree. And at every node the portal
 * edits a lead meanwhile.
 */
class CrashPointsTest {

  private static final Path BUSY = Path.of("src", "test", "resources", "crash-points");

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
  @ValueSource(strings = {"full.txt", "scheduled.txt"})
  void a_run_killed_at_any_node_is_made_good_by_the_next(String file) {
    History busy = History.read(BUSY.resolve(file));
    List<String> wrong = new ArrayList<>();
    List<Passage> passages = passages(busy);
    for (Passage passage : passages) {
      if (passage.number() == 0 || isBoundary(passages, passage.number())) {
        History killed = busy.beforeLastRun(Step.of(Kind.CRASH, passage.number()));
        Play.once(killed, bench, Nodes.Hook.NONE)
            .failures()
            .forEach(failure -> wrong.add("killed at " + passage + ": " + failure));
      }
    }
    assertThat(passages).hasSizeGreaterThan(100);
    assertThat(wrong).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = "scheduled.txt")
  void an_edit_of_the_portal_at_any_node_is_not_lost(String file) {
    History busy = History.read(BUSY.resolve(file));
    List<String> wrong = new ArrayList<>();
    List<Passage> passages = passages(busy);
    for (Passage passage : passages) {
      if (isBoundary(passages, passage.number())) {
        Step moment = Step.of(Kind.DURING, passage.number());
        int record = passage.number() % 7;
        Step edit = Step.of(Kind.P_SET, record, record % 2 == 0 ? Cell.CLAIM : Cell.NOTES);
        Play.once(busy.beforeLastRun(moment, edit), bench, Nodes.Hook.NONE)
            .failures()
            .forEach(failure -> wrong.add(edit + " at " + passage + ": " + failure));
      }
    }
    assertThat(wrong).isEmpty();
  }

  // Between nodes that only compute there is nothing to tell two moments apart: what counts is what
  // stands before and after a statement, a request, or the end of a transaction.
  private static boolean isBoundary(List<Passage> passages, int number) {
    return Boolean.getBoolean("crash.points.all")
        || acts(passages.get(number))
        || (number > 0 && acts(passages.get(number - 1)));
  }

  private static boolean acts(Passage passage) {
    return passage.node().matches("(sql|http):.*|direct:apply-transaction");
  }

  private static List<Passage> passages(History busy) {
    List<Passage> passages = new ArrayList<>();
    Play play = new Play(bench, new Recorder(passages));
    busy.steps().forEach(play::step);
    return passages;
  }

  /** Notes the nodes of the last run. */
  private record Recorder(List<Passage> passages) implements Nodes.Hook {

    @Override
    public boolean before(Passage passage) {
      if (passage.number() == 0) {
        passages.clear();
      }
      passages.add(passage);
      return true;
    }
  }
}
