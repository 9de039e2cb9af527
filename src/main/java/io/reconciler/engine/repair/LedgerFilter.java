package io.reconciler.engine.repair;

import io.reconciler.side.mapping.MappingSet;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which entries of a ledger are meant; what is null says nothing about them.
 *
 * @param all settled ones too; of the runs: also those older than 7 days
 * @param names the group and the field that the entry is about
 * @param winner of a conflict: airtable, portal or merged
 * @param reason a part of the reason, upper or lower case alike
 * @param client a client, by its base or id
 * @param runs the runs in which the entry was met last
 * @param since the time from which on
 * @param table the name of a table's mapping
 */
public record LedgerFilter(
    boolean all,
    @Nullable FilterNames names,
    @Nullable String winner,
    @Nullable String reason,
    @Nullable String client,
    IdRange runs,
    @Nullable Instant since,
    @Nullable String table) {

  /** The filters that the ledgers of conflicts and dead letters take. */
  public static final List<String> NAMES =
      List.of("group", "field", "winner", "reason", "client", "run", "since", "table");

  private static final Set<String> WINNERS = Set.of("airtable", "portal", "merged");

  /** All that is open, or all. */
  public static LedgerFilter of(boolean all) {
    return new LedgerFilter(all, null, null, null, null, IdRange.ALL, null, null);
  }

  /**
   * What these filters, by name, mean in a ledger; other names are left alone.
   *
   * @throws BadFilterException when one makes no sense
   */
  public static LedgerFilter of(
      boolean all, Map<String, String> given, LedgerKind kind, MappingSet mappings, Clock clock) {
    NAMES.stream()
        .filter(name -> given.getOrDefault(name, name).isBlank())
        .forEach(
            name -> {
              throw new BadFilterException(name, "must not be blank");
            });
    String since = given.get("since");
    return new LedgerFilter(
        all,
        names(given, kind, mappings),
        winner(given.get("winner")),
        given.get("reason"),
        client(given.get("client")),
        runs(given.get("run")),
        since == null ? null : Since.parse(since.strip(), clock.instant()),
        table(given.get("table"), mappings));
  }

  private static @Nullable FilterNames names(
      Map<String, String> given, LedgerKind kind, MappingSet mappings) {
    String table = table(given.get("table"), mappings);
    return given.containsKey("group") || given.containsKey("field")
        ? new FilterNames(
            kind,
            mappings.inOrder().stream()
                .filter(mapping -> table == null || mapping.name().equals(table))
                .toList(),
            given.get("group"),
            given.get("field"))
        : null;
  }

  private static @Nullable String table(@Nullable String text, MappingSet mappings) {
    if (text != null && mappings.named(text).isEmpty()) {
      throw new BadFilterException(
          "table",
          "must be one of " + String.join(", ", mappings.names()) + " (given: " + text + ")");
    }
    return text;
  }

  private static @Nullable String winner(@Nullable String text) {
    if (text != null && !WINNERS.contains(text)) {
      throw new BadFilterException(
          "winner", "must be airtable, portal or merged (given: " + text + ")");
    }
    return text;
  }

  private static @Nullable String client(@Nullable String text) {
    if (text != null && !text.matches("app[0-9A-Za-z]+") && !isId(text)) {
      throw new BadFilterException(
          "client",
          "must be the id of a base, for example appAbCdEfGhIjKlMn, or of a client (given: "
              + text
              + ")");
    }
    return text;
  }

  private static boolean isId(String text) {
    try {
      return UUID.fromString(text).toString().equalsIgnoreCase(text);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static IdRange runs(@Nullable String text) {
    IdRange range = text == null ? IdRange.ALL : IdRange.of(text);
    if (range == null) {
      throw new BadFilterException(
          "run",
          "must be a run's id, or at least 4 characters of its beginning (given: " + text + ")");
    }
    return range;
  }
}
