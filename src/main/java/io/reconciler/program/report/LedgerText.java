package io.reconciler.program.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.engine.repair.Retention;
import io.reconciler.side.mapping.StoredLinks;
import io.reconciler.text.Plain;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** One entry of a ledger for a person: every field on its own line, values in full. */
public final class LedgerText {

  private static final int KEY = 20;

  private LedgerText() {}

  /** A line for each field; a text of several lines takes several. */
  static List<String> lines(JsonNode item) {
    List<String> lines = new ArrayList<>();
    add(lines, "", item);
    return lines;
  }

  private static void add(List<String> lines, String indent, JsonNode object) {
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      String key = indent + field.getKey();
      JsonNode value = field.getValue();
      String link = StoredLinks.words(value);
      if (link != null) {
        add(lines, key, link);
      } else if (value.isObject() && !value.isEmpty()) {
        lines.add(key);
        add(lines, indent + "  ", value);
      } else {
        add(lines, key, value.isTextual() ? value.asText() : value.toString());
      }
    }
  }

  private static void add(List<String> lines, String key, String value) {
    String padded = key + " ".repeat(Math.max(2, KEY - key.length()));
    String[] parts = Arrays.stream(value.split("\\R", -1)).map(Plain::line).toArray(String[]::new);
    lines.add((padded + parts[0]).stripTrailing());
    for (int i = 1; i < parts.length; i++) {
      lines.add((" ".repeat(padded.length()) + parts[i]).stripTrailing());
    }
  }

  /** What was removed of a record. */
  public static String forgotten(String recordId, Retention.Forgotten gone) {
    return "forgot %s: %s, %s, %s, %s, texts of %s"
        .formatted(
            recordId,
            counted(gone.conflicts(), "conflict"),
            counted(gone.deadLetters(), "dead letter"),
            counted(gone.agreedValues(), "agreed value"),
            counted(gone.notices(), "notice"),
            counted(gone.runs(), "run"));
  }

  private static String counted(long count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }
}
