package io.reconciler.program.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.engine.repair.LedgerKind;
import io.reconciler.side.mapping.StoredLinks;
import io.reconciler.text.Plain;
import java.util.List;
import java.util.StringJoiner;

/** Ledgers as tables for a person. */
final class LedgerTables {

  private static final int ID = 8;
  private static final int WIDEST = 140;
  private static final int MINUTE = 16;
  private static final int NAME = 16;

  private LedgerTables() {}

  /**
   * A line for each entry under a line of headings; the ids are shortened, and the table is named
   * where there are several.
   */
  static List<String> lines(
      LedgerKind kind, List<JsonNode> items, boolean all, boolean several, int width) {
    TextTable table =
        switch (kind) {
          case RUNS -> runs(items);
          case CONFLICTS -> conflicts(items, all, several);
          case DEAD_LETTERS -> deadLetters(items, all, several);
        };
    return table.lines(Math.min(width, WIDEST));
  }

  private static TextTable runs(List<JsonNode> items) {
    TextTable table =
        new TextTable(
            "ID",
            "STARTED (UTC)",
            "BASE",
            "TRIGGER",
            "OUTCOME",
            "PULLED",
            "PUSHED",
            "CONFL.",
            "ERRORS");
    items.forEach(
        run -> {
          JsonNode pull = run.path("stage1");
          JsonNode push = run.path("stage2");
          table.row(
              id(run, "runId"),
              minute(run, "startTime"),
              run.path("baseId").asText(),
              run.path("trigger").asText(),
              outcome(run),
              number(pull.path("inserted").asLong() + pull.path("updated").asLong()),
              number(push.path("updated").asLong()),
              number(push.path("conflicts").asLong()),
              number(pull.path("errorCount").asLong() + push.path("errorCount").asLong()));
        });
    return table;
  }

  private static String outcome(JsonNode run) {
    long errors =
        run.path("stage1").path("errorCount").asLong()
            + run.path("stage2").path("errorCount").asLong();
    String outcome = run.path("outcome").asText();
    return outcome.equals("succeeded") && errors > 0 ? "succeeded with errors" : outcome;
  }

  private static TextTable conflicts(List<JsonNode> items, boolean all, boolean several) {
    TextTable table =
        new TextTable(
            "ID",
            "DETECTED (UTC)",
            several ? "TABLE" : "",
            "RECORD",
            "LEAD",
            "GROUP",
            "WINNER",
            all ? "STATUS" : "",
            "LOST VALUE");
    items.forEach(
        conflict ->
            table.row(
                id(conflict, "id"),
                minute(conflict, "detectedAt"),
                several ? conflict.path("table").asText() : "",
                conflict.path("recordId").asText(),
                lead(conflict),
                conflict.path("fieldGroup").asText(),
                conflict.path("winner").asText(),
                all ? conflict.path("status").asText() : "",
                lost(conflict)));
    return table;
  }

  private static TextTable deadLetters(List<JsonNode> items, boolean all, boolean several) {
    TextTable table =
        new TextTable(
            "ID",
            "LAST (UTC)",
            "STAGE",
            several ? "TABLE" : "",
            "RECORD",
            "LEAD",
            "FIELD",
            "TRIES",
            all ? "STATUS" : "",
            "REASON");
    items.forEach(
        letter ->
            table.row(
                id(letter, "id"),
                minute(letter, "lastAt"),
                letter.path("stage").asText(),
                several ? letter.path("table").asText() : "",
                letter.path("recordId").asText(),
                lead(letter),
                letter.path("field").asText().isEmpty() ? "(all)" : letter.path("field").asText(),
                number(letter.path("attempts").asLong()),
                all ? letter.path("status").asText() : "",
                letter.path("reason").asText()));
    return table;
  }

  private static String lost(JsonNode conflict) {
    return switch (conflict.path("winner").asText()) {
      case "airtable" -> values(conflict.path("portal"));
      case "portal" -> values(conflict.path("airtable"));
      default -> "none: merged";
    };
  }

  private static String values(JsonNode group) {
    StringJoiner values = new StringJoiner(", ");
    group.forEach(value -> values.add(value(value)));
    return values.toString();
  }

  // Of a cell that fits no column, what it holds.
  static String value(JsonNode value) {
    String link = StoredLinks.words(value);
    if (link != null) {
      return link;
    }
    if (value.path("raw").isTextual() && value.path("reason").isTextual()) {
      return value.path("raw").textValue();
    }
    return value.isTextual() ? value.asText() : value.toString();
  }

  /** The name, which is only there to recognize a record by. */
  private static String lead(JsonNode entry) {
    return Plain.line(entry.path("lead").asText(), NAME);
  }

  private static String id(JsonNode item, String key) {
    String id = item.path(key).asText();
    return id.substring(0, Math.min(ID, id.length()));
  }

  private static String minute(JsonNode item, String key) {
    String time = item.path(key).asText();
    return time.substring(0, Math.min(MINUTE, time.length())).replace('T', ' ');
  }

  private static String number(long count) {
    return String.valueOf(count);
  }
}
