package io.reconciler.world;

import io.reconciler.sandbox.table.KeptRecords;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What both sides of a world and the engine's tables held, to be put back as often as one likes
 * until the world starts over: to copy a few rows costs a tenth of what a single run does.
 */
public final class KeptSides {

  private static final String PERMITS = "reconciler.request_permit";

  private static final String KEEP =
      "create schema if not exists kept;"
          + each("create table if not exists %2$s (like %1$s)", tables())
          + each("delete from %2$s", tables())
          + each("insert into %2$s select * from %1$s", tables());

  // In the other order, because some refer to the later ones. There are many permits, and few of
  // them were taken.
  private static final String PUT_BACK =
      each("delete from %1$s", withoutPermits())
          + each(
              "insert into %1$s overriding system value select * from %2$s",
              reversed(withoutPermits()))
          + each(
              "update %1$s now set free_at = kept.free_at from %2$s kept where now.slot = kept.slot"
                  + " and now.base_id = kept.base_id and now.free_at <> kept.free_at",
              List.of(PERMITS));

  private final World world;
  private final UUID clientId;
  private final KeptRecords records;

  private KeptSides(World world) {
    this.world = world;
    this.clientId = world.clientId();
    this.records = KeptRecords.of(world.leads());
    world.jdbc().sql(KEEP).update();
  }

  /** Those of this world as they are now; it has room for one. */
  public static KeptSides of(World world) {
    return new KeptSides(world);
  }

  /** Both sides are as they were. */
  public void putBack() {
    if (!clientId.equals(world.clientId())) {
      throw new IllegalStateException("the world has started over since");
    }
    records.putBack();
    world.jdbc().sql(PUT_BACK).update();
  }

  private static String each(String statement, List<String> tables) {
    return tables.stream()
        .map(table -> statement.formatted(table, "kept." + table.replace("reconciler.", "")))
        .collect(Collectors.joining(";", "", ";"));
  }

  private static List<String> tables() {
    return World.emptied(List.of("leads"));
  }

  private static List<String> withoutPermits() {
    return tables().stream().filter(table -> !table.equals(PERMITS)).toList();
  }

  private static List<String> reversed(List<String> tables) {
    List<String> reversed = new ArrayList<>(tables);
    Collections.reverse(reversed);
    return reversed;
  }
}
