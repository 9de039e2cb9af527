package io.reconciler.service.portal;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Notes as they stand in one column: an entry each, {@code [timestamp] user: text}. Pure. */
final class NoteText {

  /** The longest note, code points. */
  static final int LONGEST = 10_000;

  private static final Pattern ENTRY =
      Pattern.compile("\\[(\\d[^\\]]*)\\] ([^:]*):(?: (.*))?", Pattern.DOTALL);
  private static final Pattern FORGED = Pattern.compile("\n(?=\\[\\d)");
  private static final String GENERAL = "General";

  private NoteText() {}

  /** What is wrong with a note that was trimmed, in words; empty when it can be kept. */
  static Optional<String> objection(String note) {
    int length = note.codePointCount(0, note.length());
    if (note.codePoints().allMatch(NoteText::isInvisible) || length > LONGEST) {
      return Optional.of("note must have 1 to " + LONGEST + " characters after trimming");
    }
    if (note.indexOf('\0') >= 0) {
      return Optional.of("note must not hold a NUL character");
    }
    return StandardCharsets.UTF_8.newEncoder().canEncode(note)
        ? Optional.empty()
        : Optional.of("note must be valid Unicode");
  }

  // Trimming takes no more than what Java calls white space: no-break spaces and marks that only
  // format would be left.
  private static boolean isInvisible(int character) {
    return Character.isWhitespace(character)
        || Character.isSpaceChar(character)
        || Character.getType(character) == Character.FORMAT;
  }

  /** The entry to append; no line of the note can be taken for the start of another entry. */
  static String entry(Instant now, String user, String note) {
    String text = note.replace("\r\n", "\n").replace('\r', '\n');
    return "[%s] %s: %s"
        .formatted(
            now.truncatedTo(ChronoUnit.SECONDS),
            user.replaceAll("[\\p{Cntrl}:]+", " ").strip(),
            FORGED.matcher(text).replaceAll("\n "));
  }

  /** The entries of a column; a line that starts none belongs to the one before. */
  static List<Entry> parse(String notes) {
    List<Entry> entries = new ArrayList<>();
    for (String line : notes.split("\r?\n", -1)) {
      Matcher start = ENTRY.matcher(line);
      if (start.matches()) {
        entries.add(
            new Entry(
                start.group(1),
                start.group(2),
                Objects.requireNonNullElse(start.group(3), ""),
                GENERAL));
      } else if (entries.isEmpty()) {
        entries.add(new Entry(null, "", line, GENERAL));
      } else {
        entries.add(entries.remove(entries.size() - 1).with(line));
      }
    }
    return entries.stream().filter(entry -> !entry.isBlank()).toList();
  }

  /**
   * One entry.
   *
   * @param timestamp as it was written; null for text that is no entry
   * @param user empty for text that is no entry
   */
  record Entry(@Nullable String timestamp, String user, String content, String type) {

    private Entry with(String line) {
      return new Entry(timestamp, user, content + "\n" + line, type);
    }

    private boolean isBlank() {
      return timestamp == null && content.isBlank();
    }
  }
}
