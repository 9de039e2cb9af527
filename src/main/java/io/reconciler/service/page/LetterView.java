package io.reconciler.service.page;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A dead letter as it is shown. Pure. */
record LetterView(
    String id,
    String table,
    RowTitle title,
    String about,
    String way,
    String reason,
    Value value,
    String advice,
    long attempts,
    Instant first,
    Instant last,
    @Nullable Instant next,
    String run,
    String status,
    @Nullable String settledBy,
    boolean open) {

  static LetterView of(JsonNode entry, Mapping mapping, RowTitle title, LinkNames names) {
    String name = entry.path("field").asText();
    FieldMapping field = Fields.of(mapping, name);
    boolean pull = entry.path("stage").asText().equals("pull");
    String reason = entry.path("reason").asText();
    return new LetterView(
        entry.path("id").asText(),
        mapping.name(),
        title,
        name.isEmpty() ? "Whole record" : LetterGroup.about(name, field, mapping),
        pull ? "from Airtable" : "to Airtable",
        reason,
        Letters.value(
            entry.path("payload"), pull, name, mapping, entry.path("clientId").asText(), names),
        Advice.of(reason, field, pull),
        entry.path("attempts").asLong(),
        Instant.parse(entry.path("firstAt").asText()),
        Instant.parse(entry.path("lastAt").asText()),
        entry.hasNonNull("nextAttemptAt")
            ? Instant.parse(entry.path("nextAttemptAt").asText())
            : null,
        entry.path("runId").asText(),
        entry.path("status").asText(),
        entry.path("settledBy").textValue(),
        entry.path("status").asText().equals("open"));
  }
}
