package io.reconciler.engine.field;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the mapped columns are in PostgreSQL's catalog, and whether their table is the one that the
 * database learnt of. Another one is learnt of only when what it lacks has come back from Airtable:
 * until then each run finds it anew. So it is with a table that links point at, which stands behind
 * the place of their column. Used by one thread.
 */
public final class ColumnPlaces {

  private final Map<String, String> found = new HashMap<>();
  private final Set<String> linksElsewhere = new HashSet<>();
  private final SavedFields saved;
  private final BoundFields fields;
  private final boolean other;
  private @Nullable OtherTable look;
  private boolean taken;
  private boolean listed;

  /** As the catalog has them, and as they were kept of these columns. */
  ColumnPlaces(
      JsonNode catalog, Collection<String> columns, SavedFields saved, BoundFields fields) {
    boolean differs = false;
    for (String column : columns) {
      String place = catalog.path(column).textValue();
      if (place != null) {
        found.put(column, place);
      }
      String before = saved.place(column);
      differs |= isElsewhere(place, before);
      if (linksElsewhere(place, before)) {
        linksElsewhere.add(column);
      }
    }
    this.saved = saved;
    this.fields = fields;
    this.other = differs;
  }

  private static boolean isElsewhere(@Nullable String place, @Nullable String kept) {
    return place != null && kept != null && !table(place).equals(table(kept));
  }

  private static boolean linksElsewhere(@Nullable String place, @Nullable String kept) {
    String now = place == null ? null : target(place);
    String before = kept == null ? null : target(kept);
    return now != null && before != null && !now.equals(before);
  }

  static String table(String place) {
    return place.substring(0, place.indexOf('/'));
  }

  /** A place without the table that the links of its column point at. */
  static String column(String place) {
    int end = place.indexOf('/', place.indexOf('/') + 1);
    return end < 0 ? place : place.substring(0, end);
  }

  private static @Nullable String target(String place) {
    String column = column(place);
    return column.equals(place) ? null : place.substring(column.length() + 1);
  }

  /** The place to keep of a column that had this one. */
  @Nullable String of(String column, @Nullable String kept) {
    String place = found.get(column);
    if (place == null || (other && !taken && kept != null)) {
      return kept;
    }
    return kept != null && linksElsewhere.contains(column)
        ? column(place) + '/' + target(kept)
        : place;
  }

  /**
   * The columns whose links point at another table of PostgreSQL's than the database learnt of, and
   * may hold keys of the one that was there before.
   */
  public Set<String> linksElsewhere() {
    return Set.copyOf(linksElsewhere);
  }

  /** Their links were set right. */
  public void followed() {
    linksElsewhere.clear();
    keep();
  }

  /**
   * Whether another table of PostgreSQL's has come in the place of the one that the database learnt
   * of, of which this run has not brought everything over yet.
   */
  public boolean isOtherTable() {
    return other && !taken;
  }

  /** Takes what a look at that table has shown; one that lacks nothing is the known one at once. */
  public void looked(OtherTable seen) {
    look = seen;
    taken = !seen.isLacking();
    saved.emptied(seen.emptied());
    keep();
  }

  /** What that table is like; empty when there is none, or it lacks nothing. */
  public Optional<OtherTable> inPlace() {
    return taken ? Optional.empty() : Optional.ofNullable(look);
  }

  /** The records whose leads in that table are older than what was agreed on for them. */
  public Set<String> outdated() {
    return inPlace().map(OtherTable::outdated).orElse(Set.of());
  }

  /** Every record was listed: what that table lacked is there. */
  public void filledUp() {
    listed = true;
    taken = look != null;
    keep();
  }

  /** Whether every record was listed in this run. */
  public boolean isListed() {
    return listed;
  }

  private void keep() {
    fields.replaceEach(field -> field.at(of(field.column(), field.place())));
  }
}
