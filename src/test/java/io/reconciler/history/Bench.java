package io.reconciler.history;

import io.reconciler.decide.Granularity;
import io.reconciler.program.boot.TestEngine;
import io.reconciler.sandbox.table.SandboxField;
import io.reconciler.sandbox.table.SandboxTable;
import io.reconciler.world.World;
import java.util.List;
import java.util.Map;

/** A world with clocks to set and a watch on every node of the routes. */
final class Bench implements AutoCloseable {

  /** What Airtable refuses in any cell of these histories. */
  static final String POISON = "poison";

  /** How the ids of users begin that the portal's table refuses. */
  static final String REFUSED_USER = "dead";

  /** The least count that the portal's table refuses. */
  static final int REFUSED_COUNT = 900_000;

  private final Timeline timeline = new Timeline();
  private final Nodes nodes = new Nodes();
  private final World world;

  Bench() {
    this(Granularity.FIELD);
  }

  Bench(Granularity granularity) {
    world =
        World.open(
            Timeline.migratedDatabase(),
            Map.of(
                "RECONCILER_RATE_LIMIT_MS",
                "2",
                "RECONCILER_CONFLICT_GRANULARITY",
                granularity.label()),
            timeline.airtable(),
            (settings, mapping, database) ->
                TestEngine.start(settings, mapping, database, timeline.engine(), nodes));
    world
        .jdbc()
        .sql(
            "alter table leads add constraint a_user check (cast(claimed_by as text) not like '"
                + REFUSED_USER
                + "%'), add constraint few check (sms_sent_count < "
                + REFUSED_COUNT
                + ")")
        .update();
  }

  /** Empties both sides; Airtable's table of leads. */
  SandboxTable fresh() {
    return hasItsFields() ? world.freshInPlace() : world.fresh();
  }

  // A history that broke off may have left a field under another name.
  private boolean hasItsFields() {
    return names(world.leads().fields()).equals(names(World.fields(world.mapping())));
  }

  private static List<String> names(List<SandboxField> fields) {
    return fields.stream().map(SandboxField::name).toList();
  }

  Timeline timeline() {
    return timeline;
  }

  Nodes nodes() {
    return nodes;
  }

  World world() {
    return world;
  }

  @Override
  public void close() {
    world.close();
  }
}
