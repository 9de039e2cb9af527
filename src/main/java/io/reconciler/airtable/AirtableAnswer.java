package io.reconciler.airtable;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A successful answer of Airtable.
 *
 * @param date Airtable's clock when it answered (the {@code Date} header), null when it sent none
 */
public record AirtableAnswer(JsonNode body, @Nullable Instant date) {}
