package io.reconciler.sandbox.samples;

import io.reconciler.sandbox.table.SandboxField;
import io.reconciler.sandbox.table.SandboxTable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Invented leads for the demo and for tests: the same ones for the same seed and moment. */
public final class SampleLeads {

  private static final Duration YOUNGEST = Duration.ofHours(1);

  private SampleLeads() {}

  /** Returns fields of these names and types (two texts each), and a last modified time of all. */
  public static List<SandboxField> fields(List<String[]> namesAndTypes, String lastModifiedField) {
    List<SandboxField> fields = new ArrayList<>();
    for (String[] field : namesAndTypes) {
      fields.add(SandboxField.of(field[0], field[1]).withChoices(SampleCells.choices(field[0])));
    }
    fields.add(SandboxField.lastModified(lastModifiedField));
    return fields;
  }

  /**
   * Adds that many leads, created and edited in the 90 days that end an hour before {@code now};
   * fills the fields the table has. Returns the record ids.
   */
  public static List<String> fill(SandboxTable table, int count, long seed, Instant now) {
    SplittableRandom random = new SplittableRandom(seed);
    List<SandboxField> fields = table.fields();
    List<String> ids = new ArrayList<>();
    for (int number = 1; number <= count; number++) {
      SampleLead lead = SampleLead.invent(random, number, now.minus(YOUNGEST));
      String id = table.create(lead.created(), SampleCells.of(lead, fields));
      table.setModified(id, lead.modified());
      ids.add(id);
    }
    return ids;
  }
}
