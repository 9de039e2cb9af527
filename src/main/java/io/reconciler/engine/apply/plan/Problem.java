package io.reconciler.engine.apply.plan;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.engine.run.Stage;

/**
 * Something that could not be applied, for the dead letters.
 *
 * @param field a column (pull), a field group (push), or empty when the whole record failed
 * @param text the same for a person: names the record, the field and the reason
 * @param payload what was to be applied
 */
public record Problem(
    Stage stage, String recordId, String field, String reason, String text, JsonNode payload) {}
