package io.reconciler.program.backup;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;

/**
 * What a backup says of itself.
 *
 * @param format the form of the file
 * @param schema the newest migration of the database it was taken from
 * @param taken when, on the database's clock
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record Manifest(int format, String schema, String taken, List<Table> tables) {

  /** The form that this version writes and reads. */
  static final int FORMAT = 1;

  /** Its entry in the file. */
  static final String ENTRY = "manifest.json";

  /**
   * A table of the engine's.
   *
   * @param columns in the order of the rows' values
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Table(String name, List<String> columns, long rows) {

    /** Its entry in the file, in the text form of PostgreSQL's COPY. */
    String entry() {
      return "tables/" + name + ".copy";
    }

    // Names come quoted from PostgreSQL, and are compared with its catalogue before a restore.
    String sql() {
      return "reconciler." + name + " (" + String.join(", ", columns) + ")";
    }
  }

  long rows() {
    return tables.stream().mapToLong(Table::rows).sum();
  }
}
