package io.reconciler.service.page;

import io.reconciler.text.Counted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to know first, in words. Pure.
 *
 * @param more a second sentence; empty when the first says all
 * @param lastRun when a run last ended, or null
 */
record Headline(Tone tone, String text, String more, @Nullable Instant lastRun) {

  static Headline of(List<ClientState> clients) {
    List<ClientState> active = clients.stream().filter(ClientState::active).toList();
    if (active.isEmpty()) {
      return new Headline(Tone.WARN, "No client is active, so nothing is kept in step.", "", null);
    }
    List<ClientState> broken = active.stream().filter(ClientState::isBroken).toList();
    List<ClientState> needy = active.stream().filter(c -> c.isBroken() || c.hasOpen()).toList();
    if (!broken.isEmpty()) {
      return new Headline(Tone.BAD, needs(needy), sentence(broken.get(0)), lastRun(active));
    }
    if (!needy.isEmpty()) {
      String more = needy.size() == 1 ? "" : sentence(needy.get(0));
      return new Headline(Tone.WARN, needs(needy), more, lastRun(active));
    }
    List<ClientState> running = active.stream().filter(ClientState::isRunning).toList();
    if (!running.isEmpty()) {
      return new Headline(Tone.LIVE, going(running), "", lastRun(active));
    }
    if (active.stream().allMatch(client -> client.last() == null)) {
      return new Headline(Tone.WARN, "Nothing was brought over yet.", "", null);
    }
    return new Headline(Tone.CALM, "Everything is in step.", changed(active), lastRun(active));
  }

  /** The same, while the month's quota holds the schedule back. */
  Headline heldBack(String shortage) {
    String sentence = shortage + ".";
    return tone == Tone.CALM
        ? new Headline(Tone.WARN, "The quota holds the schedule back.", sentence, lastRun)
        : new Headline(tone, text, (more + " " + sentence).strip(), lastRun);
  }

  private static String needs(List<ClientState> needy) {
    if (needy.size() > 1) {
      return Counted.of(needy.size(), "client") + " need you.";
    }
    ClientState client = needy.get(0);
    return client.isBroken()
        ? client.name() + "'s last run failed."
        : "%s needs you: %s.".formatted(client.name(), open(client));
  }

  private static String sentence(ClientState client) {
    if (client.isBroken()) {
      String why = Objects.requireNonNull(client.last()).failure();
      return client.name() + ": " + (why == null ? "nobody knows why" : why);
    }
    return client.name() + ": " + open(client) + ".";
  }

  private static String open(ClientState client) {
    List<String> parts = new ArrayList<>();
    if (client.deadLetters() > 0) {
      parts.add(Counted.of(client.deadLetters(), "dead letter"));
    }
    if (client.conflicts() > 0) {
      parts.add(Counted.of(client.conflicts(), "conflict"));
    }
    boolean one = client.deadLetters() + client.conflicts() == 1;
    return String.join(" and ", parts) + (one ? " is open" : " are open");
  }

  private static String going(List<ClientState> running) {
    return running.size() == 1
        ? "A run of " + running.get(0).name() + " is going on."
        : Counted.of(running.size(), "run") + " are going on.";
  }

  private static String changed(List<ClientState> active) {
    return lasts(active)
        .max(Comparator.comparing(RunRow::started))
        .map(run -> run.inserted() + run.updated() + run.pushed())
        .map(n -> n == 0 ? "The last run had nothing to do." : "The last run changed " + leads(n))
        .orElse("");
  }

  private static String leads(long count) {
    return Counted.of(count, "record") + ".";
  }

  private static @Nullable Instant lastRun(List<ClientState> active) {
    return lasts(active)
        .map(RunRow::ended)
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder())
        .orElse(null);
  }

  private static Stream<RunRow> lasts(List<ClientState> active) {
    return active.stream().map(ClientState::last).flatMap(Stream::ofNullable);
  }
}
