package io.reconciler.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.decide.Granularity;
import io.reconciler.history.Benches.Player;
import io.reconciler.history.Nodes.Passage;
import io.reconciler.history.Step.Kind;
import io.reconciler.world.SideBySide;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * P4: a run that has everything to do is killed at every node of its routes, one after the other;
 * one run later nothing is lost, nothing doubled and both sides agree. And at every node the portal
 * edits a lead meanwhile. Its worlds are its own, so it runs beside the others.
 */
@Order(1)
@SideBySide(SideBySide.Lane.PLAYS)
class CrashPointsTest {

  /**
   * Of the moments to be played, one of so many: a quick build leaves the rest to the whole proof.
   */
  private static final int EVERY = Integer.getInteger("crash.points.every", 1);

  private static final Path BUSY = Path.of("src", "test", "resources", "crash-points");

  private static Benches benches;

  @BeforeAll
  static void open() {
    benches = new Benches(Granularity.FIELD);
  }

  @AfterAll
  static void close() {
    benches.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"full.txt", "scheduled.txt", "side-by-side.txt"})
  void a_run_killed_at_any_node_is_made_good_by_the_next(String file) throws Exception {
    Busy busy = Busy.read(file);
    List<Passage> passages = passages(busy);
    List<Player<List<String>>> plays = new ArrayList<>();
    for (Passage passage : boundaries(passages)) {
      Step death = Step.of(Kind.CRASH, passage.number());
      plays.add(play(busy, "killed at " + passage, death));
    }
    assertThat(passages).hasSizeGreaterThan(100);
    assertThat(wrong(plays)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"scheduled.txt", "side-by-side.txt"})
  void an_edit_of_the_portal_at_any_node_is_not_lost(String file) throws Exception {
    Busy busy = Busy.read(file);
    List<Player<List<String>>> plays = new ArrayList<>();
    for (Passage passage : boundaries(passages(busy))) {
      Step moment = Step.of(Kind.DURING, passage.number());
      int record = passage.number() % 7;
      Step edit = Step.of(Kind.P_SET, record, record % 2 == 0 ? Cell.CLAIM : Cell.NOTES);
      plays.add(play(busy, edit + " at " + passage, moment, edit));
    }
    assertThat(plays).isNotEmpty();
    assertThat(wrong(plays)).isEmpty();
  }

  private static Player<List<String>> play(Busy busy, String what, Step... more) {
    List<Step> steps = new ArrayList<>(List.of(more));
    steps.add(busy.lastRun());
    return bench ->
        busy.beginning().on(bench, Nodes.Hook.NONE).once(steps).failures().stream()
            .map(failure -> what + ": " + failure)
            .toList();
  }

  private static List<String> wrong(List<Player<List<String>>> plays) throws Exception {
    return benches.playAll(plays).stream().flatMap(List::stream).toList();
  }

  private static List<Passage> boundaries(List<Passage> passages) {
    List<Passage> all =
        passages.stream().filter(passage -> isBoundary(passages, passage.number())).toList();
    return IntStream.iterate(0, i -> i < all.size(), i -> i + EVERY).mapToObj(all::get).toList();
  }

  // Between nodes that only compute there is nothing to tell two moments apart: what counts is what
  // stands before and after a statement, a request, or the end of a transaction.
  private static boolean isBoundary(List<Passage> passages, int number) {
    return Boolean.getBoolean("crash.points.all")
        || number == 0
        || acts(passages.get(number))
        || acts(passages.get(number - 1));
  }

  private static boolean acts(Passage passage) {
    return passage.node().matches("(sql|http):.*|direct:apply-transaction");
  }

  private static List<Passage> passages(Busy busy) throws Exception {
    List<Passage> passages = new ArrayList<>();
    return benches.play(
        bench -> {
          busy.beginning().on(bench, new Recorder(passages)).step(busy.lastRun());
          // Where a run goes on side by side, the nodes are noted as the threads come to it.
          passages.sort(Comparator.comparingInt(Passage::number));
          return passages;
        });
  }

  /** A history whose last run has everything to do, and what leads to it. */
  private record Busy(Beginning beginning, Step lastRun) {

    static Busy read(String file) {
      List<Step> steps = History.read(BUSY.resolve(file)).steps();
      int last = steps.size() - 1;
      return new Busy(new Beginning(steps.subList(0, last), Nodes.Hook.NONE), steps.get(last));
    }
  }

  /** Notes the nodes of a run. */
  private record Recorder(List<Passage> passages) implements Nodes.Hook {

    @Override
    public synchronized boolean before(Passage passage) {
      passages.add(passage);
      return true;
    }
  }
}
