package io.reconciler.engine.check;

import io.reconciler.engine.guard.ChangedBase;
import io.reconciler.settings.Settings;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.text.Nearest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says what the rows of {@code clients} mean for a run. Pure. */
final class ActiveClientCheck {

  static final String AREA = "client";
  private static final String NONE = "No active client found in database";

  private ActiveClientCheck() {}

  /** The lines; {@code fallback} is AIRTABLE_BASE_ID, null when it is not set. */
  static List<CheckLine> check(List<ClientRow> clients, @Nullable String fallback) {
    List<ClientRow> active = clients.stream().filter(ClientRow::active).toList();
    if (active.isEmpty()) {
      return List.of(none(clients, fallback));
    }
    List<CheckLine> lines = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (ClientRow client : active) {
      lines.add(line(client, !seen.add(client.baseId())));
    }
    return lines;
  }

  /** The bases to look at. */
  static List<String> bases(List<ClientRow> clients, @Nullable String fallback) {
    List<String> bases =
        clients.stream().filter(ClientRow::active).map(ClientRow::baseId).distinct().toList();
    return bases.isEmpty() && clients.isEmpty() && fallback != null ? List.of(fallback) : bases;
  }

  /** Those of the bases that a table is in. */
  static List<String> of(Mapping mapping, List<String> bases) {
    return bases.stream().filter(b -> mapping.base() == null || b.equals(mapping.base())).toList();
  }

  /** The line for a table of a base that no active client has: no run ever gets to it. */
  static CheckLine noClient(Mapping mapping, List<String> bases) {
    String base = String.valueOf(mapping.base());
    return CheckLine.failed(
        AREA,
        mapping.places().of("base")
            + "no active client has the base "
            + base
            + " of the mapping "
            + mapping.name()
            + Nearest.hint(base, bases),
        "correct \"base\" in the mapping, or reconciler client add --name NAME --email EMAIL --base "
            + base);
  }

  private static CheckLine none(List<ClientRow> clients, @Nullable String fallback) {
    if (!clients.isEmpty()) {
      return CheckLine.failed(AREA, NONE, "reconciler client activate " + clients.get(0).baseId());
    }
    return fallback == null
        ? CheckLine.failed(
            AREA, NONE, "reconciler client add --name NAME --email EMAIL --base BASE_ID")
        : CheckLine.warning(
            AREA,
            NONE + "; the first sync makes one of AIRTABLE_BASE_ID, " + fallback,
            "reconciler client add --name NAME --email EMAIL --base " + fallback);
  }

  private static CheckLine line(ClientRow client, boolean twice) {
    String text = client.name() + " with the base " + client.baseId();
    if (!Settings.isBaseId(client.baseId())) {
      return CheckLine.failed(
          AREA,
          text + ": that is no base id, which is app and 14 letters or digits",
          "correct airtable_base_id in clients");
    }
    return twice
        ? CheckLine.failed(
            AREA, text + ": another active client has it too", "deactivate one of them in clients")
        : CheckLine.ok(AREA, text);
  }

  /** The line for a client that has another base by now. */
  static CheckLine changed(ChangedRow client) {
    return CheckLine.failed(
        AREA,
        ChangedBase.problem(client.name(), client.was(), client.now()) + ", and no run goes on",
        ChangedBase.advice(client.id(), client.was(), client.now(), client.taken()));
  }

  /**
   * A client, the base that it was reconciled with, the one that it has, and whether another client
   * has the former.
   */
  record ChangedRow(String id, String name, String was, String now, boolean taken) {}

  record ClientRow(String baseId, String name, boolean active) {}
}
