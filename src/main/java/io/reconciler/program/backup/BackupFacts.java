package io.reconciler.program.backup;

/**
 * What a backup holds.
 *
 * @param schema the newest migration of the database it was taken from
 * @param taken when, on the database's clock
 */
public record BackupFacts(String schema, String taken, int tables, long rows) {

  static BackupFacts of(Manifest manifest) {
    return new BackupFacts(
        manifest.schema(), manifest.taken(), manifest.tables().size(), manifest.rows());
  }
}
