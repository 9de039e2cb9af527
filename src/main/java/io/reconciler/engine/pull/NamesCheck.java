package io.reconciler.engine.pull;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.engine.failure.MisconfiguredException;
import io.reconciler.engine.field.KnownFields;
import io.reconciler.engine.field.Misnamed;
import io.reconciler.engine.run.Run;
import io.reconciler.side.airtable.AirtableAnswer;
import java.util.ArrayList;
import java.util.List;

/** Holds the names in a user's mapping files against Airtable, before a run does anything. */
public final class NamesCheck {

  /** Whether the mapping stands in a file that somebody can correct. */
  public boolean isCorrectable(Run table) {
    return table.mapping().places().isKnown();
  }

  /** Whether a file names what was never found in Airtable, and Airtable is to be asked anyway. */
  public boolean isOpen(Run run) {
    return run.parts().stream().anyMatch(this::isOpenTable);
  }

  private boolean isOpenTable(Run part) {
    if (!isCorrectable(part)) {
      return false;
    }
    KnownFields known = part.table().fields();
    return known.isStale() && (known.isTableUnseen() || !known.unseen().isEmpty());
  }

  /**
   * Lets a run begin whose files name what Airtable has.
   *
   * @throws MisconfiguredException when one of them names what was never there
   */
  public void check(AirtableAnswer metadata, Run run) {
    JsonNode body = metadata.body();
    List<String> problems = new ArrayList<>();
    run.parts().stream()
        .filter(this::isOpenTable)
        .forEach(
            part ->
                problems.addAll(Misnamed.problems(body, part.mapping(), part.table().fields())));
    if (!problems.isEmpty()) {
      throw new MisconfiguredException(String.join("; ", problems));
    }
  }
}
