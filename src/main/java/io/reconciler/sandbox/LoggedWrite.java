package io.reconciler.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;

/**
 * One record of an accepted write request, whether or not a value became another by it.
 *
 * @param at on the sandbox's clock
 * @param method PATCH, PUT, POST or DELETE
 * @param baseId the base
 * @param table the table's name
 * @param recordId the record
 * @param fields as sent, under the present names of the fields; a JSON null clears
 * @param changed whether any cell changed
 */
public record LoggedWrite(
    Instant at,
    String method,
    String baseId,
    String table,
    String recordId,
    Map<String, JsonNode> fields,
    boolean changed) {}
