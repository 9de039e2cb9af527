package io.reconciler.engine.field;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where the mapped columns are in PostgreSQL's catalog, and whether their table is the one that the
 * database learnt of. Another one is learnt of only when what it lacks has come back from Airtable:
 * until then each run finds it anew. So it is with a table that links point at, which stands behind
 * the place of their column. Used by one thread.
 */
final class ColumnPlaces {

  private final Map<String, String> found = new HashMap<>();
  private final boolean other;
  private @Nullable OtherTable look;
  private boolean taken;
  private final Set<String> linksElsewhere = new HashSet<>();

  /** As the catalog has them, and as they were kept of these columns. */
  ColumnPlaces(
      JsonNode catalog, Collection<String> columns, Function<String, @Nullable String> kept) {
    boolean differs = false;
    for (String column : columns) {
      String place = catalog.path(column).textValue();
      if (place != null) {
        found.put(column, place);
      }
      String before = kept.apply(column);
      differs |= isElsewhere(place, before);
      if (linksElsewhere(place, before)) {
        linksElsewhere.add(column);
      }
    }
    other = differs;
  }

  private static boolean isElsewhere(@Nullable String place, @Nullable String kept) {
    return place != null && kept != null && !table(place).equals(table(kept));
  }

  private static boolean linksElsewhere(@Nullable String place, @Nullable String kept) {
    String now = place == null ? null : target(place);
    String before = kept == null ? null : target(kept);
    return now != null && before != null && !now.equals(before);
  }

  /** The table of a place. */
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

  /** The columns whose links point at another table than the known one, until they follow it. */
  Set<String> linksElsewhere() {
    return Set.copyOf(linksElsewhere);
  }

  /** The links hold the keys of that table. */
  void follow() {
    linksElsewhere.clear();
  }

  /** Whether another table has come in the place of the known one, and is not taken yet. */
  boolean isOtherTable() {
    return other && !taken;
  }

  /** Takes what a look at the other table has shown. */
  void looked(OtherTable seen) {
    look = seen;
    taken = !seen.isLacking();
  }

  /** What the other table is like, while it is not taken. */
  @Nullable OtherTable look() {
    return taken ? null : look;
  }

  /** The records of which nothing was agreed on, because their leads are older than that. */
  Set<String> outdated() {
    OtherTable seen = look();
    return seen == null ? Set.of() : seen.outdated();
  }

  /** What the other table lacked has come back: it is the known one from now on. */
  void take() {
    taken = look != null;
  }
}
