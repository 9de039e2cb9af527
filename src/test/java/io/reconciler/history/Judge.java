package io.reconciler.history;

import io.reconciler.history.Edit.Side;
import io.reconciler.history.Verdict.Fate;
import io.reconciler.side.mapping.FieldGroup;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.world.World;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Says, when a history has settled, where every edit is and whether the promises hold. */
final class Judge {

  private final World world;
  private final HeldValues sides;
  private final EditLog edits;
  private final Map<Fate, Integer> fates = new EnumMap<>(Fate.class);
  private final List<String> failures = new ArrayList<>();
  private List<String> before = List.of();

  Judge(World world, EditLog edits) {
    this.world = world;
    this.sides = new HeldValues(world);
    this.edits = edits;
  }

  /** P1: these records agree with their leads, but for what the dead letters list. */
  void agreement(List<String> records) {
    LedgerRows ledgers = LedgerRows.read(world);
    for (String record : records) {
      if (world.leads().exists(record)) {
        List<String> different = new ArrayList<>(sides.differences(record));
        different.removeIf(column -> isListed(ledgers, record, column));
        if (!different.isEmpty()) {
          failures.add("P1 " + record + " differs in " + different + values(record));
        }
      }
    }
  }

  /** P2: every edit is somewhere. */
  void edits() {
    LedgerRows ledgers = LedgerRows.read(world);
    HeldValues sides = this.sides.now();
    for (Edit edit : edits.all()) {
      Fate fate = fate(edit, sides, ledgers);
      fates.merge(fate, 1, Integer::sum);
      if (fate == Fate.LOST) {
        failures.add("P2 lost: " + edit + values(edit.record()) + story(edit));
      }
    }
  }

  /** A run with nothing to do begins. */
  void before() {
    before = sides.snapshot();
  }

  /** P3: it wrote nothing. */
  void nothingWritten() {
    if (!world.sandbox().writes().isEmpty()) {
      failures.add("P3 written to Airtable with nothing to do: " + world.sandbox().writes());
    }
    List<String> changed = new ArrayList<>(sides.snapshot());
    changed.removeAll(before);
    if (!changed.isEmpty()) {
      failures.add("P3 PostgreSQL changed with nothing to do: " + changed);
    }
  }

  Verdict verdict(List<String> runFailures) {
    List<String> all = new ArrayList<>(runFailures);
    all.addAll(failures);
    return new Verdict(fates, all);
  }

  private boolean isListed(LedgerRows ledgers, String record, String column) {
    for (FieldMapping field : world.mapping().fields()) {
      boolean together = field.column().equals(column) || group(column).equals(field.group());
      if (together && ledgers.lists(record, field.column(), field.group())) {
        return true;
      }
    }
    return false;
  }

  private String group(String column) {
    return world.mapping().groups().stream()
        .filter(group -> group.fields().stream().anyMatch(f -> f.column().equals(column)))
        .map(FieldGroup::name)
        .findFirst()
        .orElse("");
  }

  private Fate fate(Edit edit, HeldValues sides, LedgerRows ledgers) {
    String airtable = sides.airtable(edit.record(), edit.cell());
    String portal = sides.portal(edit.record(), edit.cell());
    boolean exists = world.leads().exists(edit.record());
    if (exists && edit.shownBy(airtable) && edit.shownBy(portal)) {
      return Fate.ON_BOTH_SIDES;
    }
    if (edits.all().stream().anyMatch(edit::supersededBy)) {
      return Fate.SUPERSEDED;
    }
    if (edit.takesBack()) {
      return Fate.TAKEN_BACK;
    }
    if (ledgers.lostConflict(edit)) {
      return Fate.IN_CONFLICT_LEDGER;
    }
    String own = edit.side() == Side.AIRTABLE ? airtable : portal;
    boolean held = edit.shownBy(own) && isListed(ledgers, edit.record(), edit.cell().column());
    if (held || ledgers.deadLetter(edit)) {
      return Fate.IN_DEAD_LETTERS;
    }
    boolean known = edit.side() == Side.AIRTABLE || ledgers.wasAgreed(edit);
    return !exists && known ? Fate.RECORD_DELETED : Fate.LOST;
  }

  private String values(String record) {
    StringBuilder text = new StringBuilder();
    for (Cell cell : Cell.values()) {
      String airtable = sides.airtable(record, cell);
      String portal = sides.portal(record, cell);
      text.append("\n    ").append(cell.label()).append(": Airtable \"").append(airtable);
      text.append("\", PostgreSQL \"").append(portal).append('"');
    }
    return text.toString().replace("\n" + "m", "|m");
  }

  private String story(Edit lost) {
    StringBuilder text = new StringBuilder("\n  edits of this cell:");
    edits.all().stream()
        .filter(edit -> edit.record().equals(lost.record()) && edit.cell() == lost.cell())
        .forEach(edit -> text.append("\n    ").append(edit));
    return text.toString();
  }
}
