package io.reconciler.service.page;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reconciler.engine.repair.SettleResult;
import io.reconciler.engine.repair.SettleResult.Status;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What settling came to, in words without JSON. Pure. */
final class SettledText {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern RECORD = Pattern.compile("^rec[0-9A-Za-z]{14}:? ");
  private static final Pattern ATTEMPT = Pattern.compile(" \\(attempt [0-9]+\\)$");

  private SettledText() {}

  /** What one came to, when it was to be done so. */
  static Flash flash(SettleResult result, String done) {
    return new Flash(tone(result.status()), text(result, done));
  }

  /** What many came to: alike by alike. */
  static ObjectNode groups(List<SettleResult> results, String done) {
    Map<String, ObjectNode> groups = new LinkedHashMap<>();
    ObjectNode json = JSON.createObjectNode();
    ArrayNode list = json.putArray("groups");
    for (SettleResult result : results) {
      String text = text(result, done);
      ObjectNode group =
          groups.computeIfAbsent(
              text,
              key ->
                  list.addObject()
                      .put("text", key)
                      .put("count", 0)
                      .put("tone", tone(result.status()).name()));
      group.put("count", group.path("count").asLong() + 1);
    }
    return json;
  }

  // What is said of each record apart would hide how many are alike.
  private static String alike(String message) {
    String text = RECORD.matcher(ATTEMPT.matcher(message).replaceFirst("")).replaceFirst("");
    return text.isEmpty() ? message : Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }

  private static Tone tone(Status status) {
    return switch (status) {
      case DONE -> Tone.GOOD;
      case SETTLED_BEFORE -> Tone.CALM;
      case MOVED_ON, BUSY, IMPOSSIBLE, INVALID, UNKNOWN -> Tone.WARN;
      case FAILED, ERROR -> Tone.BAD;
    };
  }

  private static String text(SettleResult result, String done) {
    return switch (result.status()) {
      case DONE -> done;
      case SETTLED_BEFORE -> "It was settled before: nothing was changed.";
      case MOVED_ON ->
          "The sides have moved on since: nothing was changed. The record's page shows what they hold.";
      case BUSY -> "A run of the client is going on: try again when it has ended.";
      case FAILED, ERROR, IMPOSSIBLE, INVALID, UNKNOWN -> alike(result.message());
    };
  }
}
