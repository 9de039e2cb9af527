package io.reconciler.program.init;

import io.reconciler.side.airtable.TableSchema;

/**
 * A table of Airtable's that gets no mapping.
 *
 * @param reason what keeps it from one, and what would help
 */
public record LeftOutTable(TableSchema source, String reason) {}
