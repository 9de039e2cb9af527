package io.reconciler.decide;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Merges two versions of a text that only grew. */
public final class MergeLines {

  private MergeLines() {}

  /**
   * The base, then Airtable's added lines, then the portal's; a line that both added stands once.
   *
   * @return empty if a side changed or removed a line of the base; null stands for an empty text
   */
  public static Optional<String> merge(
      @Nullable String base, @Nullable String airtable, @Nullable String portal) {
    List<String> agreed = lines(base);
    Optional<List<String>> inAirtable = additions(agreed, lines(airtable));
    Optional<List<String>> inPortal = additions(agreed, lines(portal));
    if (inAirtable.isEmpty() || inPortal.isEmpty()) {
      return Optional.empty();
    }
    List<String> merged = new ArrayList<>(agreed);
    merged.addAll(inAirtable.get());
    appendNew(merged, inPortal.get(), inAirtable.get());
    return Optional.of(String.join("\n", withoutBlankEnd(merged)));
  }

  /** Whether every line of a side's texts is in the merged ones; blank lines are only layout. */
  static boolean keeps(GroupValues merged, GroupValues side) {
    return side.values().entrySet().stream()
        .allMatch(
            cell ->
                cell.getValue() == null
                    || (cell.getValue() instanceof String text
                        && keeps(merged.get(cell.getKey()), text)));
  }

  private static boolean keeps(@Nullable Object merged, String text) {
    List<String> there = merged instanceof String lines ? lines(lines) : List.of();
    return lines(text).stream().allMatch(line -> line.isBlank() || there.contains(line));
  }

  /** Whether a text lacks a line of the base, wherever it stands. */
  static boolean lacks(@Nullable String portal, @Nullable String base) {
    List<String> present = stripped(lines(portal));
    return stripped(lines(base)).stream()
        .anyMatch(line -> !line.isEmpty() && !present.remove(line));
  }

  /**
   * Whether a text holds a line again that the portal wrote and then lost: Airtable took it away,
   * and whoever wrote the text may not have known.
   *
   * @param written what the portal wrote before
   * @param left what the portal held when the engine last left it; a line that is there, though
   *     Airtable has not got it yet, was never taken away
   */
  static boolean revives(
      @Nullable String written,
      @Nullable String left,
      @Nullable String base,
      @Nullable String portal) {
    List<String> lost = stripped(lines(written));
    stripped(lines(left)).forEach(lost::remove);
    List<String> added = stripped(lines(portal));
    stripped(lines(base)).forEach(added::remove);
    return added.stream().anyMatch(line -> !line.isEmpty() && lost.contains(line));
  }

  /**
   * The portal's text, with those lines of the base back in their places that it lacks although it
   * did not have them before either: whoever wrote it did not know them.
   *
   * @param written what the portal wrote before
   */
  static @Nullable String restore(
      @Nullable String written, @Nullable String base, @Nullable String portal) {
    List<String> known = stripped(lines(written));
    List<String> present = stripped(lines(portal));
    List<String> restored = new ArrayList<>(lines(portal));
    int place = 0;
    boolean changed = false;
    for (String line : lines(base)) {
      String bare = line.strip();
      boolean knew = known.remove(bare);
      if (present.remove(bare)) {
        place = Math.max(place, stripped(restored).indexOf(bare) + 1);
      } else if (!bare.isEmpty() && !knew) {
        restored.add(place++, line);
        changed = true;
      }
    }
    return changed ? String.join("\n", restored) : portal;
  }

  private static List<String> stripped(List<String> lines) {
    return new ArrayList<>(lines.stream().map(String::strip).toList());
  }

  /** The lines of {@code text} that are not the base's, if all of the base's are still there. */
  private static Optional<List<String>> additions(List<String> base, List<String> text) {
    List<String> added = new ArrayList<>();
    int found = 0;
    for (String line : text) {
      if (found < base.size() && line.equals(base.get(found))) {
        found++;
      } else {
        added.add(line);
      }
    }
    return found == base.size() ? Optional.of(added) : Optional.empty();
  }

  private static void appendNew(List<String> merged, List<String> added, List<String> present) {
    List<String> unmatched = new ArrayList<>(present);
    for (String line : added) {
      // A blank line separates paragraphs: as layout it is no duplicate, but it never doubles.
      boolean duplicate = line.isBlank() ? endsBlank(merged) : unmatched.remove(line);
      if (!duplicate) {
        merged.add(line);
      }
    }
  }

  private static List<String> lines(@Nullable String text) {
    return text == null ? List.of() : withoutBlankEnd(text.lines().toList());
  }

  private static List<String> withoutBlankEnd(List<String> lines) {
    int end = lines.size();
    while (end > 0 && lines.get(end - 1).isBlank()) {
      end--;
    }
    return lines.subList(0, end);
  }

  private static boolean endsBlank(List<String> lines) {
    return lines.isEmpty() || lines.get(lines.size() - 1).isBlank();
  }
}
