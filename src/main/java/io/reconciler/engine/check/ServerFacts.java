package io.reconciler.engine.check;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What a PostgreSQL server says of itself.
 *
 * @param versionNumber such as 170011
 * @param readOnly whether it takes no writes: a standby, or set so
 * @param standby whether it follows another server
 * @param readOnlyBy what {@code default_transaction_read_only} is set for, in PostgreSQL's words
 * @param quotedRole who signed in, as a statement names it
 * @param epochSeconds its clock
 * @param hasClients whether there is a table of clients
 */
record ServerFacts(
    int versionNumber,
    String version,
    String encoding,
    boolean readOnly,
    boolean standby,
    String readOnlyBy,
    String quotedRole,
    String quotedDatabase,
    String database,
    String username,
    double epochSeconds,
    boolean hasClients) {

  private static final String AREA = DatabaseCheck.DATABASE;
  private static final String SETTING = "default_transaction_read_only";
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

  private CheckLine refusesWrites() {
    return standby
        ? CheckLine.failed(
            AREA, "it takes no writes: it is a standby", "name the primary in DATABASE_URL")
        : CheckLine.failed(AREA, "it takes no writes: " + SETTING + " is on", writable());
  }

  private String writable() {
    return switch (readOnlyBy) {
      case "user" -> reset("alter role " + quotedRole);
      case "database" -> reset("alter database " + quotedDatabase);
      case "database user" -> reset("alter role " + quotedRole + " in database " + quotedDatabase);
      case "global" -> reset("alter role all");
      case "client" -> "take " + SETTING + " out of the options in DATABASE_URL";
      default -> "set " + SETTING + " = off in the configuration of the server";
    };
  }

  // Whoever is read-only may not take that back without asking for a transaction that writes.
  private static String reset(String alter) {
    return "begin read write; " + alter + " reset " + SETTING + "; commit;";
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
