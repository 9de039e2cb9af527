package io.reconciler.history;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What happens, in order.
 *
 * @param name its seed, or the file it was read from
 */
record History(String name, List<Step> steps) {

  History {
    steps = List.copyOf(steps);
  }

  /** Reads a file: one step a line; lines that start with # are for people. */
  static History read(Path file) {
    try (var lines = Files.lines(file)) {
      return new History(
          String.valueOf(file.getFileName()),
          lines.filter(line -> !line.isBlank() && !line.startsWith("#")).map(Step::parse).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same, without some steps. */
  History without(int from, int count) {
    List<Step> left = new ArrayList<>(steps);
    left.subList(from, Math.min(from + count, left.size())).clear();
    return new History(name, left);
  }

  /** As a file. */
  String text() {
    return steps.stream().map(Step::toString).collect(Collectors.joining("\n", "", "\n"));
  }
}
