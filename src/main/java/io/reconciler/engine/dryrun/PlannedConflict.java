package io.reconciler.engine.dryrun;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * A conflict that a dry run has decided.
 *
 * @param table the table's name where there is more than one; else null
 * @param group the field group's name
 * @param winner airtable, portal or merged
 * @param airtable Airtable's values by column
 * @param portal the portal's values by column
 */
public record PlannedConflict(
    @Nullable String table,
    String recordId,
    String group,
    String winner,
    JsonNode airtable,
    JsonNode portal) {

  /** A conflict in the only table, which needs no name. */
  public PlannedConflict(
      String recordId, String group, String winner, JsonNode airtable, JsonNode portal) {
    this(null, recordId, group, winner, airtable, portal);
  }

  /** The same one, in the table of that name. */
  public PlannedConflict in(String name) {
    return new PlannedConflict(name, recordId, group, winner, airtable, portal);
  }
}
