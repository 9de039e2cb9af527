package io.reconciler.engine.apply.unique;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reconciler.engine.apply.plan.RecordPlan;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.postgres.UniqueKey;
import io.reconciler.side.postgres.UniqueKeys;
import io.reconciler.side.postgres.UniqueKeys.Held;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Makes room for leads that want what they hold of each other, in the transaction that writes them
 * afterwards: what may be empty meanwhile is taken away, what may not is handed on, whoever holds
 * it first.
 */
final class Exchange {

  private final UniqueKeys unique;
  private final Mapping mapping;
  private final List<UniqueKey> keys;
  private final UUID client;

  Exchange(UniqueKeys unique, Mapping mapping, List<UniqueKey> keys, UUID client) {
    this.unique = unique;
    this.mapping = mapping;
    this.keys = keys;
    this.client = client;
  }

  void makeRoom(List<RecordPlan> updates) {
    KeyRows all = new KeyRows(mapping, keys, client);
    unique.put(
        mapping,
        all.nullable(),
        updates.stream().map(update -> all.row(update.record().id(), Map.of())).toList());
    handOn(updates, keys.stream().filter(key -> key.nullable().isEmpty()).toList());
  }

  // Those that hold it of each other in a circle come together, and only a constraint that is
  // checked late lets them.
  private void handOn(List<RecordPlan> updates, List<UniqueKey> firm) {
    if (firm.isEmpty()) {
      return;
    }
    KeyRows own = new KeyRows(mapping, firm, client);
    Map<String, ObjectNode> rows = new LinkedHashMap<>();
    updates.forEach(
        update -> rows.put(update.record().id(), own.row(update.record().id(), update.row())));
    List<Held> held = unique.held(mapping, firm, List.copyOf(rows.values()), Set.of());
    HolderOrder.of(List.copyOf(rows.keySet()), Held.holders(held))
        .forEach(ids -> unique.put(mapping, own.columns(), ids.stream().map(rows::get).toList()));
  }
}
