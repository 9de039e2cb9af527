package io.reconciler.engine.field;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where the mapped columns are in PostgreSQL's catalog, and whether their table is the one that the
 * database learnt of. Another one is learnt of only when what it lacks has come back from Airtable:
 * until then each run finds it anew. Used by one thread.
 */
final class Places {

  private final Map<String, String> found = new HashMap<>();
  private final boolean other;
  private @Nullable OtherTable look;
  private boolean taken;

  /** As the catalog has them, and as they were kept of these columns. */
  Places(JsonNode catalog, Collection<String> columns, Function<String, @Nullable String> kept) {
    boolean differs = false;
    for (String column : columns) {
      String place = catalog.path(column).textValue();
      if (place != null) {
        found.put(column, place);
      }
      differs |= isElsewhere(place, kept.apply(column));
    }
    other = differs;
  }

  private static boolean isElsewhere(@Nullable String place, @Nullable String kept) {
    return place != null && kept != null && !table(place).equals(table(kept));
  }

  /** The table of a place. */
  static String table(String place) {
    return place.substring(0, place.indexOf('/'));
  }

  /** The place to keep of a column that had this one. */
  @Nullable String of(String column, @Nullable String kept) {
    String place = found.get(column);
    return place == null || (other && !taken && kept != null) ? kept : place;
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
