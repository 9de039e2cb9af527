package io.reconciler.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.decide.Granularity;
import io.reconciler.history.Benches.Player;
import io.reconciler.world.SideBySide;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * Random histories with something more in them: a restored backup, or a dry run before each run.
 */
@Order(3)
@SideBySide(SideBySide.Lane.COMMANDS)
class OtherHistoriesTest {

  private static final int IN_A_BUILD = 40;

  private static Benches benches;

  @BeforeAll
  static void open() {
    benches = new Benches(Granularity.FIELD);
  }

  @AfterAll
  static void close() {
    benches.close();
  }

  @Test
  void every_edit_ends_somewhere_although_an_old_backup_was_restored() throws Exception {
    assertThat(
            red(Generator::restored, (history, bench) -> Play.of(history, bench, Nodes.Hook.NONE)))
        .isEmpty();
  }

  @Test
  void a_dry_run_foretells_the_run_that_follows_when_nothing_changes() throws Exception {
    assertThat(red(Generator::history, Play::rehearsed)).isEmpty();
  }

  private static List<String> red(
      LongFunction<History> histories, BiFunction<History, Bench, Verdict> play) throws Exception {
    List<Player<String>> plays = new ArrayList<>();
    for (long seed : seeds()) {
      plays.add(bench -> played(histories.apply(seed), bench, play));
    }
    return benches.playAll(plays).stream().filter(report -> !report.isEmpty()).toList();
  }

  private static String played(
      History history, Bench bench, BiFunction<History, Bench, Verdict> play) {
    Verdict verdict = play.apply(history, bench);
    return verdict.red()
        ? "%s:%n%s%n%nsteps:%n%s"
            .formatted(history.name(), String.join("\n", verdict.failures()), history.text())
        : "";
  }

  private static long[] seeds() {
    Long one = Long.getLong("history.seed");
    if (one != null) {
      return new long[] {one};
    }
    long first = Long.getLong("history.first", 1);
    return LongStream.range(first, first + Integer.getInteger("histories.other", IN_A_BUILD))
        .toArray();
  }
}
