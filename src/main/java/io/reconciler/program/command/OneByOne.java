package io.reconciler.program.command;

import io.reconciler.cli.Console;
import io.reconciler.engine.repair.SettleResult;
import io.reconciler.engine.repair.SettleResult.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** Settles many entries one after the other, until the others could not be settled either. */
final class OneByOne {

  /** What is no fault of the entry would happen to the next one too. */
  private static final Set<Status> ENDING = Set.of(Status.ERROR, Status.BUSY);

  private static final int STEP = 25;

  private final Console console;

  OneByOne(Console console) {
    this.console = console;
  }

  /** What came of each, up to the one that ended it. */
  List<SettleResult> settle(List<UUID> ids, Function<UUID, SettleResult> work) {
    List<SettleResult> results = new ArrayList<>();
    for (UUID id : ids) {
      SettleResult result = work.apply(id);
      results.add(result);
      if (ENDING.contains(result.status())) {
        break;
      }
      if (console.terminal() && results.size() % STEP == 0) {
        console.complain(results.size() + " of " + ids.size());
      }
    }
    return results;
  }
}
