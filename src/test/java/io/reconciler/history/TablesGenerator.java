package io.reconciler.history;

import io.reconciler.history.TableCell.Table;
import io.reconciler.history.TableStep.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** Makes a history of three linked tables of a seed: the same one every time. */
final class TablesGenerator {

  private static final int NODES = 400;
  private static final List<Integer> WINDOWS = List.of(1, 2, 5, 20);

  private final Random random;
  private final List<TableStep> steps = new ArrayList<>();
  private final Map<Table, Integer> records = new EnumMap<>(Table.class);
  private final int window;
  private boolean deleted;

  private TablesGenerator(long seed) {
    this.random = new Random(seed);
    this.window = WINDOWS.get(random.nextInt(WINDOWS.size()));
  }

  static List<TableStep> steps(long seed) {
    return new TablesGenerator(seed).steps();
  }

  private List<TableStep> steps() {
    for (Table table : Table.values()) {
      int first = 2 + random.nextInt(2);
      for (int i = 0; i < first; i++) {
        create(table);
      }
    }
    for (int i = 0; i < 4; i++) {
      airtableEdit();
    }
    if (random.nextInt(8) > 0) {
      steps.add(TableStep.of(Kind.SCHEDULED, window));
    }
    int length = 12 + random.nextInt(16);
    for (int i = 0; i < length; i++) {
      something();
    }
    return steps;
  }

  private void something() {
    int dice = random.nextInt(100);
    if (dice < 26) {
      portalEdit();
    } else if (dice < 52) {
      airtableEdit();
    } else if (dice < 64) {
      steps.add(TableStep.of(Kind.WAIT, seconds()));
    } else if (dice < 84) {
      run();
    } else if (dice < 90) {
      steps.add(TableStep.of(Kind.FAULT, random.nextInt(InjectedFault.anywhere())));
    } else if (dice < 93) {
      steps.add(TableStep.of(Kind.CALM, 0));
    } else if (dice < 97) {
      create(Table.values()[random.nextInt(3)]);
    } else if (!deleted) {
      deleted = true;
      TableCell cell = any(Stream.of(TableCell.values()).toList());
      int record = random.nextInt(records.get(cell.table()));
      steps.add(new TableStep(Kind.A_DELETE, record, cell, 0));
      if (random.nextBoolean()) {
        steps.add(TableStep.of(Kind.WAIT, seconds()));
        run();
        steps.add(new TableStep(Kind.A_RESTORE, record, cell, 0));
      }
    }
  }

  private int seconds() {
    return switch (random.nextInt(5)) {
      case 0, 1 -> 1 + random.nextInt(10);
      case 2, 3 -> 30 + random.nextInt(90);
      default -> 600 + random.nextInt(6000);
    };
  }

  private void run() {
    if (random.nextInt(3) == 0) {
      steps.add(TableStep.of(Kind.CRASH, random.nextInt(NODES)));
    }
    int which = random.nextInt(10);
    if (which < 6) {
      steps.add(TableStep.of(Kind.SCHEDULED, window));
    } else if (which < 8) {
      steps.add(TableStep.of(Kind.MANUAL, WINDOWS.get(random.nextInt(WINDOWS.size()))));
    } else {
      steps.add(TableStep.of(Kind.FULL, 0));
    }
  }

  private void create(Table table) {
    records.merge(table, 1, Integer::sum);
    TableCell first =
        Stream.of(TableCell.values())
            .filter(cell -> cell.table() == table)
            .findFirst()
            .orElseThrow();
    steps.add(new TableStep(Kind.CREATE, 0, first, 0));
  }

  private void airtableEdit() {
    edit(random.nextInt(6) == 0 ? Kind.A_CLEAR : Kind.A_SET, List.of(TableCell.values()));
  }

  private void portalEdit() {
    edit(
        random.nextInt(6) == 0 ? Kind.P_CLEAR : Kind.P_SET,
        Stream.of(TableCell.values()).filter(TableCell::isPortalOwned).toList());
  }

  private void edit(Kind kind, List<TableCell> cells) {
    TableCell cell = any(cells);
    int amount = cell.isLink() ? random.nextInt(records.get(cell.target())) : 0;
    steps.add(new TableStep(kind, random.nextInt(records.get(cell.table())), cell, amount));
  }

  private TableCell any(List<TableCell> cells) {
    return cells.get(random.nextInt(cells.size()));
  }
}
