package io.reconciler.engine.repair;

import io.reconciler.decide.GroupValues;
import io.reconciler.decide.Unconvertible;
import io.reconciler.decide.Winner;
import io.reconciler.engine.repair.SettleResult.Status;
import io.reconciler.engine.run.Client;
import io.reconciler.side.mapping.FieldGroup;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.MappingSet;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks at requests to apply a losing value: what is to be done, or why nothing can be. */
public final class ConflictRequests {

  private final ConflictLedger ledger;
  private final MappingSet mappings;
  private final Clock clock;

  public ConflictRequests(ConflictLedger ledger, MappingSet mappings, Clock clock) {
    this.ledger = ledger;
    this.mappings = mappings;
    this.clock = clock;
  }

  /** The repair of a request, as far as the ledger alone can tell. */
  public ConflictRepair begin(SettleRequest request) {
    return ledger
        .read(request.id())
        .map(entry -> begin(request, entry))
        .orElseGet(() -> new ConflictRepair(request, ConflictLedger.unknown(request.id())));
  }

  private ConflictRepair begin(SettleRequest request, ConflictEntry entry) {
    Client client = entry.client();
    if (!entry.isOpen()) {
      return new ConflictRepair(request, ConflictLedger.settledBefore(entry));
    }
    if (client == null || !client.active()) {
      return refused(request, Status.INVALID, "the client of this conflict is not active");
    }
    Optional<DecidedConflict> decided = decided(entry);
    if (decided.isEmpty()) {
      return refused(request, Status.IMPOSSIBLE, unsettled(entry));
    }
    return begin(
        request, entry, client, decided.get(), mappings.named(entry.table()).orElseThrow());
  }

  private ConflictRepair begin(
      SettleRequest request,
      ConflictEntry entry,
      Client client,
      DecidedConflict decided,
      Mapping mapping) {
    Winner side = side(request.value(), decided.winner());
    if (side == null) {
      return refused(request, Status.INVALID, choice(decided.winner()));
    }
    GroupValues value = decided.of(side);
    if (!value.convertible()) {
      return refused(request, Status.IMPOSSIBLE, unusable(side, value));
    }
    return new ConflictRepair(
        request,
        new ConflictRepair.Work(
            RepairRun.of(client, mapping, request.trigger(), request.requester(), clock),
            entry,
            decided,
            value));
  }

  /** By its group, or by one that has another name by now and exactly the same columns. */
  private Optional<DecidedConflict> decided(ConflictEntry entry) {
    List<FieldGroup> groups = mappings.named(entry.table()).map(Mapping::groups).orElse(List.of());
    return Stream.of(
            groups.stream().filter(group -> group.name().equals(entry.group())),
            groups.stream().filter(group -> isOf(entry, group)))
        .flatMap(Function.identity())
        .flatMap(group -> DecidedConflict.of(entry, group).stream())
        .findFirst();
  }

  private static boolean isOf(ConflictEntry entry, FieldGroup group) {
    Set<String> columns =
        group.fields().stream().map(FieldMapping::column).collect(Collectors.toSet());
    return Stream.of(entry.airtable(), entry.portal())
        .allMatch(
            side ->
                side.properties().stream()
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toSet())
                    .equals(columns));
  }

  private String unsettled(ConflictEntry entry) {
    Set<String> owned =
        mappings.named(entry.table()).map(Mapping::portalFields).orElse(List.of()).stream()
            .map(FieldMapping::column)
            .collect(Collectors.toSet());
    String others =
        entry.portal().properties().stream()
            .map(Map.Entry::getKey)
            .filter(column -> !owned.contains(column))
            .collect(Collectors.joining(", "));
    return others.isEmpty()
        ? "the mapping has no field group %s of these columns any more".formatted(entry.group())
        : "by the mapping the portal does not own %s any more, so nothing of it goes to Airtable: set the value there, or dismiss the conflict"
            .formatted(others);
  }

  // The side whose value was lost; null when the request names none that was.
  private static @Nullable Winner side(@Nullable String asked, Winner winner) {
    Winner lost =
        switch (winner) {
          case AIRTABLE -> Winner.PORTAL;
          case PORTAL -> Winner.AIRTABLE;
          case MERGED -> null;
        };
    if (asked == null) {
      return lost;
    }
    for (Winner side : new Winner[] {Winner.AIRTABLE, Winner.PORTAL}) {
      if (side.label().equals(asked) && side != winner) {
        return side;
      }
    }
    return null;
  }

  private static String unusable(Winner side, GroupValues value) {
    if (side == Winner.AIRTABLE) {
      return "Airtable's value fits no column, so it can't be applied: correct it in Airtable, or"
          + " dismiss the conflict";
    }
    String why =
        value.values().entrySet().stream()
            .filter(entry -> entry.getValue() instanceof Unconvertible)
            .map(entry -> entry.getKey() + " " + ((Unconvertible) entry.getValue()).reason())
            .collect(Collectors.joining(", "));
    return "the portal's value can't be sent to Airtable, so it can't be applied: %s; set another in PostgreSQL, or dismiss the conflict"
        .formatted(why);
  }

  private static String choice(Winner winner) {
    return winner == Winner.MERGED
        ? "both values were merged: say whose is to stand alone, --value airtable or --value portal"
        : winner.label() + " won this conflict: only the other side's value can be applied";
  }

  private static ConflictRepair refused(SettleRequest request, Status status, String message) {
    return new ConflictRepair(request, SettleResult.of(request.id(), status, message));
  }
}
