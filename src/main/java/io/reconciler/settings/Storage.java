package io.reconciler.settings;

import java.time.Duration;

/**
 * How the database is used.
 *
 * @param patience how long a command waits for a connection
 * @param retentionDays how long what is settled is kept
 * @param users who may sign in
 * @param recordChanges whether runs keep what they change, record by record
 */
public record Storage(
    Duration patience, int retentionDays, UsersTable users, boolean recordChanges) {

  static final Storage DEFAULT = new Storage(Duration.ofSeconds(30), 90, UsersTable.PORTALS, true);

  static Storage parse(Variables variables) {
    return new Storage(
        Duration.ofSeconds(
            variables.parse(
                Variable.RECONCILER_DATABASE_WAIT_SECONDS,
                Parsers.number(1, 3600, "seconds"),
                DEFAULT.patience().toSeconds())),
        variables
            .parse(
                Variable.RECONCILER_RETENTION_DAYS,
                Parsers.number(1, 36_500, "days"),
                (long) DEFAULT.retentionDays())
            .intValue(),
        variables.parse(Variable.RECONCILER_USERS_TABLE, UsersTable::parse, DEFAULT.users()),
        variables.parse(
            Variable.RECONCILER_RECORD_CHANGES, Parsers::yesOrNo, DEFAULT.recordChanges()));
  }
}
