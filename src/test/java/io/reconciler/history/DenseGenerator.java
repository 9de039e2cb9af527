package io.reconciler.history;

import io.reconciler.history.Step.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Makes histories in which faults meet: few records, one or two field groups, and after each edit
 * several runs that go wrong, with more edits of the same field between them.
 */
final class DenseGenerator {

  private static final int NODES = 150;

  /** Where it makes a difference what was done before and what was not. */
  private static final List<String> PLACES =
      List.of(
          "keep-pull-progress/sql:classpath:sql/move-pull-watermark.sql",
          "push-chunk/recordReads.of",
          "push-chunk/pushStage.read",
          "push-chunk/pushStage.decided",
          "push-batch/pushStage.patch",
          "push-batch/direct:airtable-api",
          "push-batch/pushStage.confirmed",
          "push-batch/pushStage.count",
          "push/sql:classpath:sql/move-push-watermark.sql",
          "apply-transaction/sql:ref:lockLeads",
          "apply-transaction/pages.plan",
          "apply-whole/pageCounts.count",
          "write-page/sql:classpath:sql/save-agreed-values.sql");

  private final Random random;
  private final List<Step> steps = new ArrayList<>();
  private final int records;
  private final boolean notesToo;
  private int record;
  private Cell cell = Cell.CLAIM;

  private DenseGenerator(long seed) {
    this.random = new Random(seed);
    this.records = Math.max(1, random.nextInt(6) - 2);
    this.notesToo = random.nextInt(3) == 0;
  }

  /** The history of a seed. */
  static History history(long seed) {
    return new History("dense seed " + seed, new DenseGenerator(seed).steps());
  }

  /** A run that dies at each place, which it must come to. */
  static History everyPlace() {
    List<Step> steps = new ArrayList<>();
    steps.add(Step.of(Kind.CREATE));
    steps.add(Step.of(Kind.SCHEDULED, 20));
    for (String place : PLACES) {
      steps.add(Step.of(Kind.P_SET, 0, Cell.CLAIM));
      steps.add(Step.of(Kind.WAIT, 90));
      steps.add(Step.at(Kind.CRASH, place, 0));
      steps.add(Step.of(Kind.SCHEDULED, 20));
    }
    return new History("every place", steps);
  }

  private List<Step> steps() {
    for (int i = 0; i < records; i++) {
      steps.add(Step.of(Kind.CREATE, i, random.nextInt(3) == 0 ? cell() : Cell.COMPANY));
      if (random.nextInt(10) == 0) {
        steps.add(Step.of(Kind.ADOPT, i, Cell.NOTES));
      }
    }
    if (random.nextInt(10) > 0) {
      steps.add(Step.of(Kind.SCHEDULED, 20));
    }
    for (int rounds = 2 + random.nextInt(3); rounds > 0; rounds--) {
      round();
    }
    return steps;
  }

  // One edit, and two to four runs of which nearly all go wrong: the first one often so that what
  // it
  // sent arrived unheard, the next ones so that nothing is sent any more.
  private void round() {
    record = random.nextInt(records);
    cell = anyCell();
    if (random.nextBoolean()) {
      steps.add(Step.of(Kind.P_SET, record, cell));
    } else {
      edit();
    }
    int runs = 2 + random.nextInt(3);
    for (int run = 0; run < runs; run++) {
      between();
      int dice = random.nextInt(8);
      if (dice < 5) {
        steps.addAll(run == 0 ? unheard() : unsent());
      } else if (dice < 7) {
        steps.addAll(anyhow());
      }
      // What ends all connections would end those of an edit that goes on.
      boolean cut = steps.get(steps.size() - 1).kind() == Kind.CUT;
      if (random.nextInt(8) == 0 && !cut) {
        steps.add(Step.of(Kind.DURING, random.nextInt(NODES)));
        takeBack();
      }
      run();
      if (random.nextInt(8) > 0) {
        steps.add(Step.of(Kind.CALM));
      }
      if (run == 0 && random.nextBoolean()) {
        takeBack();
      } else if (random.nextBoolean()) {
        edit();
      }
    }
  }

  // Longer than the grace period as a rule, or nothing would be sent.
  private void between() {
    int dice = random.nextInt(10);
    if (dice < 8) {
      steps.add(Step.of(Kind.WAIT, 61 + random.nextInt(60)));
    } else if (dice < 9) {
      steps.add(Step.of(Kind.WAIT, 1 + random.nextInt(60)));
    } else {
      steps.add(Step.of(Kind.WAIT, 600 + random.nextInt(6000)));
    }
  }

  private List<Step> unheard() {
    return switch (random.nextInt(5)) {
      case 0, 1 -> List.of(fault(InjectedFault.LOST_THEN_DOWN));
      case 2 ->
          List.of(
              fault(InjectedFault.LOST_ANSWER),
              Step.at(Kind.MAY_CRASH, "push-chunk/recordReads.of", 1));
      case 3 -> List.of(Step.at(Kind.MAY_CRASH, "push-batch/pushStage.confirmed", 0));
      default -> List.of(Step.at(Kind.CUT, "push-batch/pushStage.confirmed", 0));
    };
  }

  private List<Step> unsent() {
    return switch (random.nextInt(6)) {
      case 0, 1 -> List.of(fault(InjectedFault.NO_PATCH));
      case 2 -> List.of(fault(InjectedFault.USED_UP));
      case 3 -> List.of(fault(InjectedFault.FORBIDDEN));
      case 4 -> List.of(Step.at(Kind.MAY_CRASH, "push-batch/pushStage.patch", 0));
      default -> List.of(Step.at(Kind.MAY_CRASH, "push-chunk/pushStage.decided", 0));
    };
  }

  private List<Step> anyhow() {
    int dice = random.nextInt(12);
    if (dice < 5) {
      return List.of(fault(InjectedFault.values()[random.nextInt(InjectedFault.values().length)]));
    }
    if (dice < 7) {
      int delay = random.nextInt(Delay.values().length);
      return List.of(new Step(Kind.A_MEANWHILE, any(), cell(), delay));
    }
    Kind kind = random.nextInt(5) == 0 ? Kind.CUT : Kind.MAY_CRASH;
    String place = PLACES.get(random.nextInt(PLACES.size()));
    return List.of(Step.at(kind, place, random.nextInt(3)));
  }

  private static Step fault(InjectedFault fault) {
    return Step.of(Kind.FAULT, fault.ordinal());
  }

  private void run() {
    int dice = random.nextInt(10);
    if (dice < 7) {
      steps.add(Step.of(Kind.SCHEDULED, random.nextBoolean() ? 20 : 1));
    } else if (dice < 8) {
      steps.add(Step.of(Kind.MANUAL, 20));
    } else {
      steps.add(Step.of(Kind.FULL));
    }
  }

  private void takeBack() {
    steps.add(Step.of(cell == Cell.CLAIM ? Kind.P_BACK : Kind.P_CLEAR, record, cell));
  }

  private void edit() {
    int dice = random.nextInt(44);
    Cell cell = cell();
    if (dice < 9) {
      steps.add(Step.of(Kind.P_SET, any(), cell));
    } else if (dice < 17) {
      steps.add(Step.of(Kind.P_CLEAR, any(), cell));
    } else if (dice < 25) {
      steps.add(Step.of(Kind.P_BACK, any(), Cell.CLAIM));
    } else if (dice < 29) {
      steps.add(Step.of(Kind.A_SET, any(), cell));
    } else if (dice < 32) {
      steps.add(Step.of(Kind.A_CLEAR, any(), cell));
    } else if (dice < 35) {
      steps.add(Step.of(Kind.A_BACK, any(), Cell.CLAIM));
    } else if (dice < 36) {
      steps.add(Step.of(notesToo ? Kind.P_REWRITE : Kind.P_QUIET, any(), cell));
    } else if (dice < 37) {
      steps.add(Step.of(Kind.P_LATE, any(), cell));
    } else if (dice < 38) {
      steps.add(Step.of(Kind.A_SET, any(), Cell.COMPANY));
    } else if (dice < 40) {
      steps.add(Step.of(random.nextBoolean() ? Kind.A_BAD : Kind.A_REFUSED, any(), Cell.CLAIM));
    } else if (dice < 41) {
      steps.add(Step.of(Kind.P_BROKEN, any(), Cell.CLAIM));
    } else if (dice < 42) {
      steps.add(Step.of(Kind.A_RENAME, 0, cell));
    } else {
      Kind life = random.nextBoolean() ? Kind.A_DELETE : Kind.A_RESTORE;
      steps.add(Step.of(life, any(), Cell.COMPANY));
    }
  }

  private Cell cell() {
    return random.nextInt(4) > 0 ? cell : anyCell();
  }

  private Cell anyCell() {
    return notesToo && random.nextBoolean() ? Cell.NOTES : Cell.CLAIM;
  }

  private int any() {
    return random.nextInt(4) > 0 ? record : random.nextInt(records);
  }
}
