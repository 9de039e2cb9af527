package io.reconciler.apply;

import io.reconciler.mapping.Converted;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An Airtable record, converted field by field.
 *
 * @param created when it was made
 * @param modified tA, when it was last modified
 * @param values the converted values by column; a portal-only read has just the portal's columns
 * @param failures the columns whose cell could not be converted
 */
public record IncomingRecord(
    String id,
    Instant created,
    Instant modified,
    Map<String, @Nullable Object> values,
    Map<String, Converted.Failed> failures) {}
