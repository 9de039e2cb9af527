package io.reconciler.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.history.Nodes.Passage;
import io.reconciler.history.TableStep.Kind;
import io.reconciler.world.SideBySide;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The promises hold over three linked tables, one of them in a circle, whatever happens. */
@Order(5)
@SideBySide(SideBySide.Lane.PLAYS)
class TablesHistoriesTest {

  private static final int IN_A_BUILD = 10;
  private static final int DEATHS_IN_A_BUILD = 8;
  private static final Path RESULTS = Path.of("target", "histories");
  private static final Path KEPT = Path.of("src", "test", "resources", "table-histories");

  @TempDir private static Path folder;
  private static TablesBench bench;

  @BeforeAll
  static void open() {
    bench = new TablesBench(folder);
  }

  @AfterAll
  static void close() {
    bench.close();
  }

  static List<Path> kept() throws IOException {
    try (Stream<Path> files = Files.list(KEPT)) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("kept")
  void a_history_that_once_went_wrong_goes_well(Path file) throws IOException {
    assertThat(TablesPlay.of(read(file), bench)).isEmpty();
  }

  @Test
  void every_edit_of_a_random_history_ends_somewhere() throws IOException {
    List<String> red = new ArrayList<>();
    for (long seed : seeds()) {
      List<TableStep> steps = TablesGenerator.steps(seed);
      List<String> failures = TablesPlay.of(steps, bench);
      if (!failures.isEmpty()) {
        red.add(
            "seed "
                + seed
                + ": "
                + failures
                + "\n"
                + kept(seed, Boolean.getBoolean("history.shrink") ? shrunk(steps) : steps));
      }
    }
    assertThat(red).isEmpty();
  }

  @Test
  void a_run_killed_at_any_node_is_made_good_by_the_next() throws IOException {
    List<TableStep> busy = read(KEPT.resolve("busy.txt"));
    List<Passage> passages = passages(busy);
    List<Integer> boundaries =
        passages.stream()
            .filter(p -> p.node().matches("(sql|http):.*|direct:apply-transaction"))
            .flatMap(p -> Stream.of(p.number(), p.number() + 1))
            .distinct()
            .toList();
    int every =
        Boolean.getBoolean("crash.points.all")
            ? 1
            : Math.max(1, boundaries.size() / DEATHS_IN_A_BUILD);
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < boundaries.size(); i += every) {
      List<TableStep> killed = new ArrayList<>(busy);
      killed.add(busy.size() - 1, TableStep.of(Kind.CRASH, boundaries.get(i)));
      int node = boundaries.get(i);
      TablesPlay.of(killed, bench)
          .forEach(failure -> wrong.add("killed at " + node + ": " + failure));
    }
    assertThat(boundaries).hasSizeGreaterThan(100);
    assertThat(wrong).isEmpty();
  }

  private static List<Passage> passages(List<TableStep> busy) {
    List<Passage> passages = new ArrayList<>();
    TablesPlay.watched(
        busy,
        bench,
        new Nodes.Hook() {
          @Override
          public synchronized boolean before(Passage passage) {
            if (passage.number() == 0) {
              passages.clear();
            }
            passages.add(passage);
            return true;
          }
        });
    passages.sort(Comparator.comparingInt(Passage::number));
    return passages;
  }

  private static List<TableStep> shrunk(List<TableStep> red) {
    List<TableStep> shortest = red;
    for (int i = shortest.size() - 1; i >= 0; i--) {
      List<TableStep> shorter = new ArrayList<>(shortest);
      shorter.remove(i);
      if (!TablesPlay.of(shorter, bench).isEmpty()) {
        shortest = shorter;
      }
    }
    return shortest;
  }

  private static String kept(long seed, List<TableStep> steps) throws IOException {
    String text = steps.stream().map(TableStep::toString).collect(Collectors.joining("\n"));
    Files.createDirectories(RESULTS);
    Files.writeString(RESULTS.resolve("tables-seed-" + seed + ".txt"), text + "\n");
    return text + "\nso shortened: " + TablesPlay.of(steps, bench);
  }

  private static List<TableStep> read(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(TableStep::parse)
        .toList();
  }

  private static long[] seeds() {
    Long one = Long.getLong("history.seed");
    if (one != null) {
      return new long[] {one};
    }
    long first = Long.getLong("history.first", 1);
    return LongStream.range(first, first + Integer.getInteger("histories.tables", IN_A_BUILD))
        .toArray();
  }
}
