package io.reconciler.engine.repair;

import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The ids that begin with some text, first and last; in PostgreSQL's order of UUIDs. */
public record IdRange(UUID low, UUID high) {

  /** Every id there is. */
  static final IdRange ALL = new IdRange(new UUID(0, 0), new UUID(-1, -1));

  private static final int LENGTH = 32;
  private static final Pattern PREFIX = Pattern.compile("[0-9a-f]{4,32}");

  /** The ids with this beginning, with or without hyphens; null when no id can begin so. */
  static @Nullable IdRange of(String beginning) {
    String digits = beginning.strip().toLowerCase(Locale.ROOT).replace("-", "");
    if (!PREFIX.matcher(digits).matches()) {
      return null;
    }
    int left = LENGTH - digits.length();
    return new IdRange(id(digits + "0".repeat(left)), id(digits + "f".repeat(left)));
  }

  private static UUID id(String digits) {
    return new UUID(
        Long.parseUnsignedLong(digits, 0, 16, 16), Long.parseUnsignedLong(digits, 16, LENGTH, 16));
  }

  /** The digits that all of these ids begin with. */
  String beginning() {
    String first = low.toString().replace("-", "");
    String last = high.toString().replace("-", "");
    int same = 0;
    while (same < LENGTH && first.charAt(same) == last.charAt(same)) {
      same++;
    }
    return first.substring(0, same);
  }
}
