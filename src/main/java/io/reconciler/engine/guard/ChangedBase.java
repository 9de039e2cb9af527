package io.reconciler.engine.guard;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.engine.failure.RunStoppedException;
import io.reconciler.engine.run.Client;
import io.reconciler.engine.run.Run;
import io.reconciler.engine.run.RunRequest;
import io.reconciler.side.postgres.OneColumn;

/** Keeps a run from taking the records of another base for those that it knows. Pure. */
public final class ChangedBase {

  /**
   * Passes when a client's tables stand for the base that it has, or nothing ever came of another
   * one, or the run is told to take the one that it has now.
   *
   * @param row what {@code read-bases.sql} returned
   * @return whether the base is to be kept before anything else, because of what is there already
   *     none or another one is; of the first that comes it is kept with its watermark, and a dry
   *     run keeps nothing
   * @throws RunStoppedException when they stand for another base
   */
  public boolean check(String row, Run run) {
    String base = run.client().baseId();
    boolean keep = false;
    for (JsonNode table : OneColumn.parse(row)) {
      String kept = table.path("base").asText(null);
      boolean differs = table.path("begun").asBoolean() && !base.equals(kept);
      keep |= differs;
      if (differs && kept != null && !takes(run.request())) {
        boolean taken = table.path("taken").asBoolean();
        throw new RunStoppedException(text(run.client(), kept, taken));
      }
    }
    return keep && !run.request().dryRun();
  }

  /** Whether a run is told to take what has come in the place of a base or a table. */
  public static boolean takes(RunRequest request) {
    return request.full() && request.force();
  }

  private static String text(Client client, String kept, boolean taken) {
    return problem(client.name(), kept, client.baseId())
        + ", so nothing was read or written. If that is a mistake, "
        + advice(client.id().toString(), kept, client.baseId(), taken);
  }

  /** What has happened to a client. */
  public static String problem(String client, String was, String is) {
    return "the base of the client " + client + " was " + was + " and is " + is + " now";
  }

  /**
   * What to do if that is a mistake, and what if it is none.
   *
   * @param taken whether another client has the base that this one had
   */
  public static String advice(String clientId, String was, String is, boolean taken) {
    String back =
        "update clients set airtable_base_id = '%s' where id = '%s'".formatted(was, clientId);
    return taken
        ? "put it back: another client has that base now, so give that one its own first (where the"
            + " two were exchanged, one of them null in between), then "
            + back
        : "put it back: "
            + back
            + ". To take the other base, whose records replace those of the old one: reconciler sync"
            + " --full --force --client "
            + is
            + ", first with --dry-run to see what it does";
  }
}
