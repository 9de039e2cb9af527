package io.reconciler.history;

import io.reconciler.history.Edit.Side;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Every edit so far, in order. */
final class EditLog {

  private final List<Edit> all = Collections.synchronizedList(new ArrayList<>());
  private final Map<String, Instant> latest = Collections.synchronizedMap(new HashMap<>());
  private final JdbcClient jdbc;
  private final List<Sent> sent = Collections.synchronizedList(new ArrayList<>());
  private int numbers;

  EditLog(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The same edits, to go on from. */
  EditLog copy() {
    EditLog copy = new EditLog(jdbc);
    copy.all.addAll(all);
    copy.latest.putAll(latest);
    copy.sent.addAll(sent);
    copy.numbers = numbers;
    return copy;
  }

  synchronized int next() {
    return ++numbers;
  }

  void made(
      int number,
      Side side,
      String record,
      Cell cell,
      String marker,
      String saw,
      String wrote,
      boolean inactive) {
    made(number, side, record, cell, marker, saw, saw, wrote, inactive);
  }

  void made(
      int number,
      Side side,
      String record,
      Cell cell,
      String marker,
      String saw,
      String found,
      String wrote,
      boolean inactive) {
    boolean takesBack =
        (cell == Cell.CLAIM || marker.isEmpty())
            && cell.portalOwned()
            && agreed(record, cell).equals(wrote)
            && !(side == Side.PORTAL && hasLeft(record, cell, found));
    all.add(new Edit(number, side, record, cell, marker, saw, found, wrote, inactive, takesBack));
  }

  /** A run has sent this of a record, and Airtable has taken it. */
  void sent(String record, Cell cell, String text) {
    sent.add(new Sent(record, cell, text, numbers));
  }

  // Whoever takes back what has gone to Airtable already changes something there.
  private boolean hasLeft(String record, Cell cell, String text) {
    int written =
        all().stream()
            .filter(e -> e.record().equals(record) && e.cell() == cell)
            .filter(e -> e.side() == Side.PORTAL && e.wrote().equals(text))
            .mapToInt(Edit::number)
            .max()
            .orElse(Integer.MAX_VALUE);
    return sent.stream()
        .anyMatch(
            s ->
                s.record.equals(record)
                    && s.cell == cell
                    && s.text.equals(text)
                    && s.edits >= written);
  }

  /** What a run sent when there had been so many edits. */
  private record Sent(String record, Cell cell, String text, int edits) {}

  // Where nothing was ever agreed on an empty side wins nothing: emptying it is no edit to carry.
  private String agreed(String record, Cell cell) {
    return jdbc.sql(
            "select coalesce(a.agreed #>> array[?, ?], '') from leads l"
                + " left join reconciler.agreed_value a using (airtable_record_id)"
                + " where airtable_record_id = ?")
        .params(cell.group(), cell.column(), record)
        .query(String.class)
        .optional()
        .orElse("?");
  }

  /** What the portal has ever written into the notes of a record. */
  String portals(String record) {
    StringBuilder text = new StringBuilder();
    all().stream()
        .filter(edit -> edit.side() == Side.PORTAL && edit.cell() == Cell.NOTES)
        .filter(edit -> edit.record().equals(record))
        .forEach(edit -> text.append('\n').append(edit.marker()));
    return text.toString();
  }

  /** A record was edited then, on the clock of the side that was. */
  void at(String record, Instant time) {
    latest.merge(record, time, (a, b) -> a.isAfter(b) ? a : b);
  }

  /** When a record was last edited on either side. */
  Instant latest(String record) {
    return latest.getOrDefault(record, Instant.MAX);
  }

  List<Edit> all() {
    return List.copyOf(all);
  }
}
