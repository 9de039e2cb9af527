package io.reconciler.history;

import io.reconciler.history.Edit.Side;
import io.reconciler.world.World;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The portal: every edit is a transaction that locks the lead, looks at it and changes it. */
final class Portal {

  private final Bench bench;
  private final EditLog edits;
  private final TransactionTemplate transaction;
  private final Map<String, String> screens = new HashMap<>();
  private final Map<String, Map<String, Object>> claimsBefore = new HashMap<>();

  Portal(Bench bench, EditLog edits) {
    this.bench = bench;
    this.edits = edits;
    this.transaction =
        new TransactionTemplate(new DataSourceTransactionManager(bench.world().database()));
  }

  /** Goes on from there, with edits of its own. */
  Portal(Portal past, EditLog edits) {
    this(past.bench, edits);
    screens.putAll(past.screens);
    claimsBefore.putAll(past.claimsBefore);
  }

  EditLog edits() {
    return edits;
  }

  /** A lead that was there before the engine: no agreed value. */
  void adopt(String record) {
    World world = bench.world();
    int number = edits.next();
    String marker = Cell.NOTES.marker(number);
    Instant now = now();
    int made =
        world
            .jdbc()
            .sql(
                "insert into leads (id, client_id, airtable_record_id, notes, last_name, email,"
                    + " created_at, updated_at) values (?, ?, ?, ?, '', '', ?, ?)"
                    + " on conflict do nothing")
            .params(
                UUID.nameUUIDFromBytes(marker.getBytes(StandardCharsets.UTF_8)),
                world.clientId(),
                record,
                marker,
                World.at(now),
                World.at(now))
            .update();
    if (made == 1) {
      edits.at(record, now);
      edits.made(number, Side.PORTAL, record, Cell.NOTES, marker, "", marker, false);
    }
  }

  /** Sets a claim or appends a note, in a transaction that began so many seconds ago. */
  void set(String record, Cell cell, int secondsAgo) {
    int number = edits.next();
    String marker = cell.marker(number);
    edit(number, record, cell, marker, append(cell, marker), now().minusSeconds(secondsAgo));
  }

  /** The same, without a word in {@code updated_at}. */
  void setQuietly(String record, Cell cell) {
    int number = edits.next();
    String marker = cell.marker(number);
    edit(number, record, cell, marker, append(cell, marker), Instant.MIN);
  }

  /** Claims the lead at a time that no cell of Airtable can hold. */
  void claimAtInfinity(String record) {
    set(record, Cell.CLAIM, 0);
    bench
        .world()
        .jdbc()
        .sql(
            "update leads set claimed_at = 'infinity'"
                + " where airtable_record_id = ? and claimed_by is not null")
        .param(record)
        .update();
  }

  void clear(String record, Cell cell) {
    edit(edits.next(), record, cell, "", before -> "", now());
  }

  /** The claim that the lead had before its last edit here, with its time. */
  void back(String record) {
    Map<String, Object> claim = claimsBefore.get(record);
    if (claim != null) {
      int number = edits.next();
      String wrote = Cell.CLAIM.text(claim.get("claimed_by"));
      Map<String, Object> values = new LinkedHashMap<>(claim);
      Instant now = now();
      values.put("updated_at", World.at(now));
      edit(number, record, Cell.CLAIM, wrote, before -> wrote, now, null, values);
    }
  }

  /** Somebody looks at the notes and keeps them on the screen. */
  void open(String record) {
    Map<String, Object> lead = transaction.execute(status -> locked(record));
    if (lead != null && !lead.isEmpty()) {
      screens.put(record, Cell.NOTES.text(lead.get(Cell.NOTES.column())));
    }
  }

  /** Whoever kept them saves them, with a line more, over whatever stands there by now. */
  void save(String record) {
    int number = edits.next();
    String marker = Cell.NOTES.marker(number);
    String screen = screens.remove(record);
    if (screen == null) {
      edit(number, record, Cell.NOTES, marker, append(Cell.NOTES, marker), now());
      return;
    }
    String saved = screen.isEmpty() ? marker : screen + "\n" + marker;
    // What the portal's own users have written since, they take away from each other.
    edit(
        number, record, Cell.NOTES, marker, before -> saved, now(), screen + edits.portals(record));
  }

  void rewrite(String record, String prefix) {
    int number = edits.next();
    String marker = Cell.NOTES.marker(number);
    edit(number, record, Cell.NOTES, marker, before -> prefix + marker, now());
  }

  private static UnaryOperator<String> append(Cell cell, String marker) {
    return before -> cell != Cell.NOTES || before.isEmpty() ? marker : before + "\n" + marker;
  }

  private void edit(
      int number,
      String record,
      Cell cell,
      String marker,
      UnaryOperator<String> change,
      Instant updatedAt) {
    edit(number, record, cell, marker, change, updatedAt, null);
  }

  private void edit(
      int number,
      String record,
      Cell cell,
      String marker,
      UnaryOperator<String> change,
      Instant updatedAt,
      @Nullable String knew) {
    edit(number, record, cell, marker, change, updatedAt, knew, null);
  }

  private void edit(
      int number,
      String record,
      Cell cell,
      String marker,
      UnaryOperator<String> change,
      Instant updatedAt,
      @Nullable String knew,
      @Nullable Map<String, Object> values) {
    transaction.executeWithoutResult(
        status -> {
          Map<String, Object> lead = locked(record);
          if (lead.isEmpty()) {
            return;
          }
          String saw = cell.text(lead.get(cell.column()));
          String wrote = change.apply(saw);
          write(record, values == null ? values(cell, wrote, updatedAt) : values);
          if (cell == Cell.CLAIM) {
            claimsBefore.put(record, claim(lead));
          }
          edits.at(record, updatedAt);
          if (!saw.equals(wrote)) {
            boolean inactive = Boolean.FALSE.equals(lead.get("is_active"));
            String known = knew == null ? saw : knew;
            edits.made(number, Side.PORTAL, record, cell, marker, known, saw, wrote, inactive);
          }
        });
  }

  private static Map<String, Object> claim(Map<String, Object> lead) {
    Map<String, Object> claim = new LinkedHashMap<>();
    claim.put("claimed_by", lead.get("claimed_by"));
    claim.put("claimed_at", lead.get("claimed_at"));
    return claim;
  }

  private Map<String, Object> locked(String record) {
    return bench
        .world()
        .jdbc()
        .sql(
            "select claimed_by, claimed_at, notes, is_active from leads where airtable_record_id = ? for update")
        .param(record)
        .query()
        .listOfRows()
        .stream()
        .findFirst()
        .orElse(Map.of());
  }

  private Map<String, Object> values(Cell cell, String wrote, Instant updatedAt) {
    Map<String, Object> values = new LinkedHashMap<>();
    boolean clear = wrote.isEmpty();
    if (cell == Cell.CLAIM) {
      values.put("claimed_by", clear ? null : UUID.fromString(wrote));
      // Microseconds, which Airtable does not keep.
      values.put("claimed_at", clear ? null : World.at(now().plusNanos(456_000)));
    } else {
      values.put(cell.column(), clear ? null : wrote);
    }
    if (!updatedAt.equals(Instant.MIN)) {
      values.put("updated_at", World.at(updatedAt));
    }
    return values;
  }

  private void write(String record, Map<String, Object> values) {
    String set =
        String.join(", ", values.keySet().stream().map(column -> column + " = ?").toList());
    List<Object> parameters = new ArrayList<>(values.values());
    parameters.add(record);
    bench
        .world()
        .jdbc()
        .sql("update leads set " + set + " where airtable_record_id = ?")
        .params(parameters)
        .update();
  }

  private Instant now() {
    return Timeline.databaseNow(bench.world().jdbc());
  }
}
