package io.reconciler.service.schedule;

import io.reconciler.engine.run.RunRequest;

/**
 * A run that a trigger starts.
 *
 * @param kind which of the client's triggers
 * @param mustRun whether it has to be made up for when the client is busy
 */
public record ScheduledRun(Kind kind, RunRequest request, boolean mustRun) {

  /** What begins, in one line of the log. */
  public String beginning() {
    return request.client() + ": the schedule begins " + kind.words;
  }

  /** The triggers of a client, by the names of their groups. */
  enum Kind {
    /** The usual run. */
    SCHEDULE("schedule", "a run"),
    /** The weekly full sweep. */
    SWEEP("sweep", "a full sweep"),
    /** The refresh of the fields that Airtable computes. */
    REFRESH("refresh", "a refresh of the fields that Airtable computes");

    private final String group;
    private final String words;

    Kind(String group, String words) {
      this.group = group;
      this.words = words;
    }

    String group() {
      return group;
    }

    String template() {
      return "client-" + group;
    }

    String routeId(String base) {
      return template() + "-" + base;
    }
  }
}
