package io.reconciler.engine.check;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What a PostgreSQL server says of itself.
 *
 * @param versionNumber such as 170011
 * @param readOnly whether it takes no writes: a standby, or set so
 * @param epochSeconds its clock
 * @param hasClients whether there is a table of clients
 */
record ServerFacts(
    int versionNumber,
    String version,
    String encoding,
    boolean readOnly,
    String database,
    String username,
    double epochSeconds,
    boolean hasClients) {

  private static final String AREA = DatabaseCheck.DATABASE;
  private static final int PER_MAJOR = 10_000;
  private static final int OLDEST = 13;
  private static final int NEWEST = 18;

  /** The lines about the server; {@code ours} is our clock when it answered. */
  List<CheckLine> lines(Instant ours) {
    List<CheckLine> lines = new ArrayList<>();
    lines.add(release());
    if (readOnly) {
      lines.add(refusesWrites());
    }
    if (!encoding.equals("UTF8")) {
      lines.add(limitedEncoding());
    }
    lines.add(Clocks.database(Instant.ofEpochMilli(Math.round(epochSeconds * 1000)), ours));
    return lines;
  }

  private static CheckLine refusesWrites() {
    return CheckLine.failed(
        AREA, "it takes no writes: a standby, or read-only", "name the primary in DATABASE_URL");
  }

  private CheckLine limitedEncoding() {
    return CheckLine.warning(
        AREA,
        "its encoding is " + encoding + ": texts with other characters go to the dead letters",
        "use a database with the encoding UTF8");
  }

  private CheckLine release() {
    int major = versionNumber / PER_MAJOR;
    String text = "PostgreSQL " + version + ", database " + database + " as " + username;
    String range = OLDEST + " to " + NEWEST;
    if (major < OLDEST) {
      return CheckLine.failed(AREA, text + ": too old", "use PostgreSQL " + range);
    }
    return major > NEWEST
        ? CheckLine.warning(AREA, text + ": newer than what was tried", "use PostgreSQL " + range)
        : CheckLine.ok(AREA, text);
  }
}
