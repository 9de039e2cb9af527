package io.reconciler.sandbox.samples;

import io.reconciler.sandbox.table.SandboxBase;
import io.reconciler.sandbox.table.SandboxField;
import io.reconciler.sandbox.table.SandboxTable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** An invented base with fields of every type and awkward names: the same one for the same seed. */
public final class SampleBase {

  private static final List<String> TABLES =
      List.of(
          "Companies",
          "Contacts",
          "Order",
          "Order Items",
          "User",
          "Groups / Teams",
          "🚀 Launches",
          "Q&A",
          "Projects",
          "Tasks",
          "Invoices",
          "orders",
          "Müller's \"Special\" List",
          "Campaigns",
          "Events",
          "Products",
          "Suppliers",
          "Select",
          "2024 Budget",
          "Everything that nobody found another place for, kept until somebody does");

  private static final Duration LIFE = Duration.ofDays(60);
  private static final Duration YOUNGEST = Duration.ofHours(1);

  private final SandboxBase base;
  private final SplittableRandom random;
  private final List<SandboxTable> tables = new ArrayList<>();

  private SampleBase(SandboxBase base, long seed) {
    this.base = base;
    this.random = new SplittableRandom(seed);
  }

  /**
   * How big the base is.
   *
   * @param tables 1 to 20
   * @param fields of all tables together, at least 12 a table
   * @param records of each table
   */
  public record Size(int tables, int fields, int records) {

    /** Throws IllegalArgumentException for one that can't be. */
    public Size {
      if (tables < 1 || tables > TABLES.size() || fields < tables * 12 || records < 0) {
        throw new IllegalArgumentException(
            "1 to " + TABLES.size() + " tables, at least 12 fields a table, 0 or more records");
      }
    }
  }

  /** Adds the tables, and records created and edited up to an hour before {@code now}. */
  public static void fill(SandboxBase base, Size size, long seed, Instant now) {
    SampleBase sample = new SampleBase(base, seed);
    sample.tables(size);
    sample.records(size, now.minus(YOUNGEST));
  }

  private void tables(Size size) {
    for (String name : TABLES.subList(0, size.tables())) {
      tables.add(
          base.addTable(
              name,
              List.of(
                  SandboxField.of("Name", "singleLineText"),
                  SandboxField.lastModified("Last Modified"))));
    }
    int left = size.fields() - 2 * size.tables();
    left -= links();
    for (int place = 0; left > 0; place++, left--) {
      SandboxTable table = tables.get(place % tables.size());
      int turn = place / tables.size() + 7 * (place % tables.size());
      table.addField(SampleFields.field(turn, table));
    }
  }

  /** Links in both directions, within a table and in circles, and what is seen through them. */
  private int links() {
    int added = 0;
    for (int place = 0; place < tables.size(); place++) {
      SandboxTable table = tables.get(place);
      SandboxTable other = tables.get((place + 1) % tables.size());
      boolean single = place % 3 != 0;
      // A table alone links to itself, once.
      String name = other == table ? "Parent" : other.name();
      String inverse = other == table ? "Children" : "From " + table.name();
      table.addLink(name, other, single, inverse);
      table.addOver("multipleLookupValues", "Name (from " + name + ")", name, "Name");
      table.addOver("rollup", "Names rolled up", name, "Name");
      table.addCount("Count of " + name, name);
      added += 5;
      if (place % 4 == 0 && other != table) {
        table.addLink("Parent", table, true, "Children");
        added += 2;
      }
    }
    return added;
  }

  private void records(Size size, Instant until) {
    Map<SandboxTable, List<String>> ids = new HashMap<>();
    for (SandboxTable table : tables) {
      List<String> own = new ArrayList<>();
      for (int number = 1; number <= size.records(); number++) {
        Instant created = until.minusSeconds(random.nextLong(LIFE.toSeconds()));
        own.add(table.create(created, SampleFields.cells(table, number, random, created)));
      }
      ids.put(table, own);
    }
    tables.forEach(table -> linked(table, ids));
    tables.forEach(table -> table.ids().forEach(id -> table.setModified(id, until)));
  }

  private void linked(SandboxTable table, Map<SandboxTable, List<String>> ids) {
    for (SandboxField field : table.fields()) {
      // The other side follows by itself.
      boolean first =
          field.isLink() && !field.name().startsWith("From ") && !field.name().equals("Children");
      if (first) {
        SandboxTable target = base.table(field.option("linkedTableId"));
        boolean single = field.options().path("prefersSingleRecordLink").asBoolean();
        table
            .ids()
            .forEach(
                id ->
                    table.update(
                        id,
                        Map.of(field.name(), some(ids.getOrDefault(target, List.of()), single))));
      }
    }
  }

  private List<String> some(List<String> ids, boolean single) {
    List<String> chosen = new ArrayList<>();
    int most = ids.isEmpty() ? 0 : random.nextInt(single ? 2 : 4);
    for (int i = 0; i < most; i++) {
      chosen.add(ids.get(random.nextInt(ids.size())));
    }
    return chosen.stream().distinct().toList();
  }
}
