package io.reconciler.run;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A conflict that a dry run has decided.
 *
 * @param group the field group's name
 * @param winner airtable, portal or merged
 * @param airtable Airtable's values by column
 * @param portal the portal's values by column
 */
public record PlannedConflict(
    String recordId, String group, String winner, JsonNode airtable, JsonNode portal) {}
