package io.reconciler.service.page;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A row of bars, one a day, in a drawing {@link #WIDTH} by {@link #HEIGHT}. Pure.
 *
 * @param latest the newest value, in words
 * @param said the whole in words, for whoever does not see it
 */
record Chart(String title, String latest, String said, List<Bar> bars) {

  static final int WIDTH = 140;
  static final int HEIGHT = 36;

  private static final int STEP = 20;
  private static final int BAR = 16;
  private static final double LEAST = 1.5;
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("EEE d MMM", Locale.ENGLISH);

  record Bar(int x, double y, int width, double height, String title, boolean empty) {}

  /** Of these days' values, which this puts in words. */
  static Chart of(
      String title,
      List<Day> days,
      Function<Day, @Nullable Long> value,
      Function<@Nullable Long, String> words) {
    long most =
        Math.max(
            1, days.stream().map(value).filter(Objects::nonNull).mapToLong(v -> v).max().orElse(1));
    List<Bar> bars = new ArrayList<>();
    List<String> said = new ArrayList<>();
    for (int i = 0; i < days.size(); i++) {
      Long number = value.apply(days.get(i));
      String text = name(days.get(i).day()) + ": " + words.apply(number);
      said.add(text);
      bars.add(bar(i, number == null ? 0 : number, most, text));
    }
    Long newest = days.isEmpty() ? null : value.apply(days.get(days.size() - 1));
    return new Chart(title, words.apply(newest), title + ". " + String.join("; ", said), bars);
  }

  private static Bar bar(int place, long value, long most, String text) {
    double height = value == 0 ? LEAST : Math.max(2 * LEAST, (double) HEIGHT * value / most);
    return new Bar(
        place * STEP + (STEP - BAR) / 2,
        rounded(HEIGHT - height),
        BAR,
        rounded(height),
        text,
        value == 0);
  }

  private static double rounded(double number) {
    return Math.round(number * 10) / 10.0;
  }

  private static String name(LocalDate day) {
    return DAY.format(day);
  }
}
