package io.reconciler.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one `sync` is asked to do.
 *
 * @param minutes the window, 1 to 1440; null: the setting decides
 * @param client the base id of the one client to run; null: every active client
 * @param full list every record and look at every lead
 * @param dryRun write nothing, show the plan
 * @param force go on where a guard would stop the run
 * @param first newest, airtable or portal: whose values count where nothing was ever agreed on
 * @param json print the result as JSON
 * @param all of a dry run, print every write
 * @param tables the names of the tables to run over; none stands for all
 */
public record SyncOptions(
    @Nullable Integer minutes,
    @Nullable String client,
    boolean full,
    boolean dryRun,
    boolean force,
    @Nullable String first,
    boolean json,
    boolean all,
    List<String> tables) {

  public SyncOptions {
    tables = List.copyOf(tables);
  }
}
