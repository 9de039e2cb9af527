package io.reconciler.history;

import io.reconciler.history.Step.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes a history of a seed: the same one every time. */
final class Generator {

  private static final int NODES = 150;
  private static final List<Integer> WINDOWS = List.of(1, 2, 5, 20);

  private final Random random;
  private final List<Step> steps = new ArrayList<>();
  private final int window;
  private int records;
  private int deleted;
  private int airtableAhead;

  private Generator(long seed) {
    this.random = new Random(seed);
    this.window = WINDOWS.get(random.nextInt(WINDOWS.size()));
  }

  /** The history of a seed. */
  static History history(long seed) {
    return new History("seed " + seed, new Generator(seed).steps());
  }

  /** The same with a backup at some time, and a restore later, between its runs. */
  static History restored(long seed) {
    History plain = history(seed);
    Random random = new Random(-seed);
    List<Step> steps = new ArrayList<>(plain.steps());
    int backup = random.nextInt(steps.size());
    steps.add(backup, Step.of(Kind.BACKUP));
    steps.add(backup + 1 + random.nextInt(steps.size() - backup), Step.of(Kind.RESTORE));
    return new History("restored " + plain.name(), steps);
  }

  private List<Step> steps() {
    int first = 3 + random.nextInt(5);
    for (int i = 0; i < first; i++) {
      create();
      if (random.nextInt(6) == 0) {
        steps.add(Step.of(Kind.ADOPT, records - 1, Cell.NOTES));
      }
    }
    if (random.nextInt(8) > 0) {
      steps.add(Step.of(Kind.SCHEDULED, window));
    }
    int length = 15 + random.nextInt(20);
    for (int i = 0; i < length; i++) {
      something();
    }
    return steps;
  }

  private void something() {
    int dice = random.nextInt(100);
    if (dice < 24) {
      portalEdit();
    } else if (dice < 46) {
      airtableEdit();
    } else if (dice < 60) {
      steps.add(Step.of(Kind.WAIT, seconds()));
    } else if (dice < 82) {
      run();
    } else if (dice < 90) {
      steps.add(Step.of(Kind.FAULT, random.nextInt(InjectedFault.anywhere())));
    } else if (dice < 93) {
      steps.add(Step.of(Kind.CALM));
    } else if (dice < 97) {
      clock();
    } else {
      life();
    }
  }

  // Most gaps are shorter than the grace period or a little longer; some outlast every window.
  private int seconds() {
    return switch (random.nextInt(5)) {
      case 0, 1 -> 1 + random.nextInt(10);
      case 2, 3 -> 30 + random.nextInt(90);
      default -> 600 + random.nextInt(6000);
    };
  }

  // The engine's clock may be set to anything. Airtable's is never set back further than the
  // overlap: an edit that is dated long before the watermark could be found by a full sweep only.
  private void clock() {
    if (random.nextBoolean()) {
      steps.add(Step.of(Kind.E_CLOCK, random.nextInt(1200) - 600));
    } else if (random.nextInt(3) == 0) {
      airtableAhead += random.nextInt(600);
      steps.add(Step.of(Kind.A_CLOCK, airtableAhead));
    } else {
      steps.add(Step.of(Kind.A_CLOCK, airtableAhead - random.nextInt(100)));
    }
  }

  private void run() {
    int dice = random.nextInt(10);
    if (dice < 3) {
      steps.add(Step.of(Kind.CRASH, random.nextInt(NODES)));
    } else if (dice < 6) {
      steps.add(Step.of(Kind.DURING, random.nextInt(NODES)));
      if (random.nextInt(3) > 0) {
        portalEdit();
      } else {
        steps.add(Step.of(Kind.A_SET, any(), cell()));
      }
    }
    if (dice == 9) {
      Cell cell = random.nextBoolean() ? Cell.NOTES : Cell.CLAIM;
      int delay = random.nextInt(Delay.values().length);
      steps.add(new Step(Kind.A_MEANWHILE, any(), cell, delay));
    }
    int which = random.nextInt(10);
    if (which < 7) {
      steps.add(Step.of(Kind.SCHEDULED, window));
    } else if (which < 9) {
      steps.add(Step.of(Kind.MANUAL, WINDOWS.get(random.nextInt(WINDOWS.size()))));
    } else {
      steps.add(Step.of(Kind.FULL));
    }
  }

  private void portalEdit() {
    Cell cell = random.nextBoolean() ? Cell.CLAIM : Cell.NOTES;
    int dice = random.nextInt(23);
    if (dice == 20) {
      steps.add(Step.of(Kind.P_READ, any(), Cell.NOTES));
    } else if (dice > 20) {
      steps.add(Step.of(Kind.P_STALE, any(), Cell.NOTES));
    } else if (dice < 12) {
      steps.add(Step.of(Kind.P_SET, any(), cell));
    } else if (dice < 15) {
      steps.add(Step.of(Kind.P_CLEAR, any(), cell));
    } else if (dice < 16) {
      steps.add(Step.of(Kind.P_REWRITE, any(), Cell.NOTES));
    } else if (dice < 18) {
      steps.add(new Step(Kind.P_LATE, any(), cell, 1 + random.nextInt(100)));
    } else if (dice < 19) {
      boolean broken = random.nextInt(3) == 0;
      steps.add(Step.of(broken ? Kind.P_BROKEN : Kind.P_QUIET, any(), broken ? Cell.CLAIM : cell));
    } else {
      steps.add(Step.of(Kind.P_POISON, any(), Cell.NOTES));
    }
  }

  private void airtableEdit() {
    int dice = random.nextInt(20);
    if (dice < 12) {
      steps.add(Step.of(Kind.A_SET, any(), cell()));
    } else if (dice < 15) {
      steps.add(Step.of(Kind.A_CLEAR, any(), cell()));
    } else if (dice < 16) {
      Cell cell = random.nextBoolean() ? Cell.SENT : Cell.CLAIM;
      steps.add(Step.of(Kind.A_REFUSED, any(), cell));
    } else if (dice < 17) {
      Cell cell = List.of(Cell.COMPANY, Cell.SENT, Cell.CLAIM).get(random.nextInt(3));
      steps.add(Step.of(Kind.A_BAD, any(), cell));
    } else if (dice < 18) {
      steps.add(Step.of(Kind.A_REWRITE, any(), Cell.NOTES));
    } else {
      steps.add(Step.of(Kind.A_STOP, any(), Cell.COMPANY));
    }
  }

  private void life() {
    switch (random.nextInt(4)) {
      case 0 -> create();
      case 1 -> steps.add(Step.of(Kind.A_RENAME, 0, cell()));
      case 2 -> {
        if (deleted + 1 < records / 2) {
          deleted++;
          steps.add(Step.of(Kind.A_DELETE, any(), Cell.COMPANY));
        }
      }
      default -> steps.add(Step.of(Kind.A_RESTORE, any(), Cell.COMPANY));
    }
  }

  private void create() {
    steps.add(Step.of(Kind.CREATE, records++, cell()));
  }

  private Cell cell() {
    return Cell.values()[random.nextInt(Cell.values().length)];
  }

  // A few records get most of the edits, so that edits meet.
  private int any() {
    return Math.min(random.nextInt(records), random.nextInt(records));
  }
}
