package io.reconciler.service.schedule;

import io.reconciler.engine.run.RunRequest;

/**
 * A run that a trigger starts.
 *
 * @param kind which of the client's triggers
 * @param mustRun whether it has to be made up for when the client is busy
 */
public record ScheduledRun(Kind kind, RunRequest request, boolean mustRun) {

  /** The triggers of a client, by the names of their groups. */
  enum Kind {
    /** The usual run. */
    SCHEDULE("schedule"),
    /** The weekly full sweep. */
    SWEEP("sweep"),
    /** The refresh of the fields that Airtable computes. */
    REFRESH("refresh");

    private final String group;

    Kind(String group) {
      this.group = group;
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
