package io.reconciler.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.decide.Granularity;
import io.reconciler.history.Benches.Player;
import io.reconciler.history.Verdict.Fate;
import io.reconciler.world.SideBySide;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing is lost and nothing doubled, whatever happens on both sides and in between. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Order(2)
@SideBySide(SideBySide.Lane.PLAYS)
class RandomHistoriesTest {

  private static final int IN_A_BUILD = 200;
  private static final int HISTORIES = Integer.getInteger("histories", IN_A_BUILD);
  private static final int DENSE = Integer.getInteger("histories.dense", 40);
  private static final int FEWER = 5;
  private static final int SHOWN = 5;
  private static final Path RESULTS = Path.of("target", "histories");

  private static Benches benches;

  @BeforeAll
  static void open() {
    benches = new Benches(Granularity.FIELD);
  }

  @AfterAll
  static void close() {
    benches.close();
  }

  static List<Path> kept() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src", "test", "resources", "histories"))) {
      return files.sorted().toList();
    }
  }

  @Order(1)
  @ParameterizedTest
  @MethodSource("kept")
  void a_history_that_once_went_wrong_goes_well(Path file) throws Exception {
    Verdict verdict = benches.play(bench -> Play.of(History.read(file), bench, Nodes.Hook.NONE));
    assertThat(verdict.failures()).isEmpty();
  }

  @Order(2)
  @Test
  void every_edit_of_a_random_history_ends_somewhere() throws Exception {
    assertThat(red(benches, seeds(HISTORIES), Generator::history, "result.txt")).isEmpty();
  }

  @Order(3)
  @Test
  void every_edit_ends_somewhere_under_record_granularity_too() throws Exception {
    try (Benches records = new Benches(Granularity.RECORD)) {
      assertThat(red(records, seeds(HISTORIES / FEWER), Generator::history, "result-record.txt"))
          .isEmpty();
      long[] dense = seeds(DENSE / FEWER);
      assertThat(red(records, dense, DenseGenerator::history, "result-dense-record.txt")).isEmpty();
    }
  }

  @Order(4)
  @Test
  void every_edit_ends_somewhere_although_several_faults_meet_it() throws Exception {
    long[] seeds = seeds(DENSE);
    assertThat(red(benches, seeds, DenseGenerator::history, "result-dense.txt")).isEmpty();
  }

  @Order(5)
  @Test
  void runs_come_to_every_place_where_they_may_die() throws Exception {
    Verdict verdict =
        benches.play(bench -> Play.of(DenseGenerator.everyPlace(), bench, Nodes.Hook.NONE));
    assertThat(verdict.failures()).isEmpty();
  }

  private static List<String> red(
      Benches benches, long[] seeds, LongFunction<History> histories, String result)
      throws Exception {
    Map<Fate, Integer> fates = new EnumMap<>(Fate.class);
    AtomicInteger shown = new AtomicInteger(mutated() ? SHOWN : 0);
    List<Player<Played>> plays = new ArrayList<>();
    for (long seed : seeds) {
      plays.add(bench -> played(histories.apply(seed), bench, shown));
    }
    List<Played> played = benches.playAll(plays);
    played.forEach(p -> p.fates().forEach((fate, count) -> fates.merge(fate, count, Integer::sum)));
    List<String> red = played.stream().map(Played::report).filter(Objects::nonNull).toList();
    Files.createDirectories(RESULTS);
    Files.writeString(
        RESULTS.resolve(result),
        seeds.length + " histories, " + red.size() + " red; edits: " + fates + "\n");
    return red;
  }

  private static Played played(History history, Bench bench, AtomicInteger shown)
      throws IOException {
    Verdict verdict = Play.of(history, bench, bug(bench));
    return new Played(
        verdict.fates(),
        verdict.red() ? report(bench, history, verdict, shown.getAndIncrement() < SHOWN) : null);
  }

  /** What became of the edits of a history; with a report when it is red. */
  private record Played(Map<Fate, Integer> fates, @Nullable String report) {}

  private static boolean mutated() {
    return System.getProperty("history.bug") != null;
  }

  private static Nodes.Hook bug(Bench bench) {
    return mutated()
        ? KnownBug.valueOf(System.getProperty("history.bug")).in(bench.world())
        : Nodes.Hook.NONE;
  }

  private static long[] seeds(int count) {
    Long one = Long.getLong("history.seed");
    if (one != null) {
      return new long[] {one};
    }
    long first = Long.getLong("history.first", 1);
    return LongStream.range(first, first + count).toArray();
  }

  private static String report(Bench bench, History history, Verdict verdict, boolean shrink)
      throws IOException {
    History shown = shrink ? new Shrinker(bench).shrink(history) : history;
    Path file = RESULTS.resolve(history.name().replace(' ', '-') + ".txt");
    Files.createDirectories(RESULTS);
    Files.writeString(file, "# Found by " + history.name() + ".\n" + shown.text());
    return "%s (-Dhistory.seed; kept in %s):%n%s%n%nsteps:%n%s"
        .formatted(history.name(), file, String.join("\n", verdict.failures()), shown.text());
  }
}
