package io.reconciler.program.init;

import io.reconciler.side.airtable.TableSchema.Field;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Of the two fields that show the same links from both sides, one is enough. Pure. */
final class InverseLinks {

  private final Map<String, Side> sides = new HashMap<>();
  private final Set<String> portal;

  /**
   * A link field with its table and its place among all.
   *
   * @param kept whether its table has a column for it already
   */
  record Side(Frame table, Field field, int place, boolean kept) {}

  /** Among these tables, for a portal that owns the fields with these ids. */
  InverseLinks(List<Frame> tables, Set<String> portal) {
    this.portal = new HashSet<>(portal);
    Map<String, Frame> targets = new HashMap<>();
    tables.forEach(table -> targets.put(table.source().id(), table));
    for (Frame table : tables) {
      for (Field field : table.source().fields()) {
        if (LinkColumns.isLink(field)) {
          Frame target = targets.get(LinkColumns.linkedTable(field));
          boolean kept = LinkColumns.isKept(field, table, target);
          sides.put(field.id(), new Side(table, field, sides.size(), kept));
        }
      }
    }
  }

  /** The other side, if it is mapped and this one need not be; null when this one is mapped. */
  @Nullable Side instead(Field field) {
    Side here = sides.get(field.id());
    Side there = sides.get(LinkColumns.inverse(field));
    if (here == null || there == null || here == there) {
      return null;
    }
    int weight = Integer.compare(weight(there), weight(here));
    boolean other = weight > 0 || (weight == 0 && there.place() < here.place());
    return other ? there : null;
  }

  /** Whether the portal is to own both sides, which are one thing. */
  boolean isOwnedTwice(Field field) {
    String inverse = LinkColumns.inverse(field);
    return sides.containsKey(inverse)
        && !inverse.equals(field.id())
        && portal.contains(field.id())
        && portal.contains(inverse);
  }

  private int weight(Side side) {
    int owned = portal.contains(side.field().id()) ? 4 : 0;
    return owned + (side.kept() ? 2 : 0) + (LinkColumns.isSingle(side.field()) ? 1 : 0);
  }
}
