package io.reconciler.engine.field;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.side.postgres.OneColumn;
import java.util.List;
import java.util.Set;

/**
 * A table of PostgreSQL's that has come in the place of the one that is known, dropped and made
 * anew or restored from a dump: how far it holds what is known of the old one's leads.
 *
 * @param known how many leads are known
 * @param lost how many of them it does not have
 * @param older how many it has as they were before their records were last seen, as far as known
 * @param outdated the records of those that hold something else of the portal's than was agreed on
 * @param emptied the portal's columns of which no lead holds what was agreed on
 */
public record OtherTable(
    long known, long lost, long older, Set<String> outdated, List<String> emptied) {

  public OtherTable {
    outdated = Set.copyOf(outdated);
    emptied = List.copyOf(emptied);
  }

  /** As the look at it returned it. */
  public static OtherTable of(JsonNode look) {
    return new OtherTable(
        look.path("known").asLong(),
        look.path("lost").asLong(),
        look.path("older").asLong(),
        Set.copyOf(OneColumn.elements(look.path("outdated"))),
        OneColumn.elements(look.path("emptied")));
  }

  /** Whether it may lack something that only Airtable has. */
  boolean isLacking() {
    return lost > 0 || older > 0 || !emptied.isEmpty();
  }

  /** What has happened and what is done about it, in one line. */
  public String text(String table) {
    return "the table "
        + table
        + " is another one than before, made anew or restored: "
        + lost
        + " of "
        + known
        + " known leads are not in it"
        + (older == 0 ? "" : ", " + older + " may be older than their records")
        + (emptied.isEmpty() ? "" : ", and it holds nothing of " + String.join(", ", emptied))
        + "; every record is listed, and what is missing comes back from Airtable, where nothing is"
        + " cleared for it";
  }
}
