package io.reconciler.engine.run;

import io.reconciler.program.boot.Engine;
import io.reconciler.program.boot.TestEngine;
import io.reconciler.settings.Settings;
import io.reconciler.side.postgres.Database;
import io.reconciler.world.World;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** One run in a process of its own, to be killed; its settings are in its environment. */
final class ChildRun {

  private ChildRun() {}

  public static void main(String[] args) {
    Settings settings = Settings.read(System::getenv, Set.of());
    try (var pool = Database.open(Objects.requireNonNull(settings.database()), 4);
        Engine engine = TestEngine.start(settings, World.defaultMapping(), pool, Map.of())) {
      engine.reconcile(
          new RunRequest(Trigger.CLI, "child", 20, null, false, false, false),
          ProgressListener.NONE);
    }
    System.exit(0);
  }
}
