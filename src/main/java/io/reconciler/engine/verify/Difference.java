package io.reconciler.engine.verify;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * A field whose two sides differ.
 *
 * @param field the column's name
 * @param airtable Airtable's value as the column would hold it; of a cell that fits no column the
 *     cell itself
 * @param postgres the column's value
 * @param pending whether it is a change of the portal that Airtable has not got yet
 * @param cause why they differ
 * @param reason why the cell fits no column; null when it does
 */
public record Difference(
    String recordId,
    String field,
    JsonNode airtable,
    JsonNode postgres,
    boolean pending,
    Cause cause,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String reason) {}
