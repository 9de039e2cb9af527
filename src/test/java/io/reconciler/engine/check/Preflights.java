package io.reconciler.engine.check;

import io.reconciler.settings.Settings;
import io.reconciler.side.mapping.MappingSet;
import io.reconciler.world.World;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/** The preflight of a world. */
final class Preflights {

  private Preflights() {}

  static List<CheckLine> run(World world) {
    return run(world, settings(), Clock.systemUTC());
  }

  static List<CheckLine> run(World world, Settings settings, Clock clock) {
    return new Preflight(
            settings, MappingSet.of(world.mapping()), world.database(), world.engine()::ask, clock)
        .run();
  }

  static Settings settings() {
    return Settings.read(name -> null, Set.of());
  }

  static List<CheckLine> failures(List<CheckLine> lines) {
    return lines.stream().filter(line -> line.status() == Status.FAILED).toList();
  }

  static List<CheckLine> findings(List<CheckLine> lines) {
    return lines.stream().filter(line -> line.status() != Status.OK).toList();
  }
}
