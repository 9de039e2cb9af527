package io.reconciler.side.mapping;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The PostgreSQL table of a mapping, and the columns that the engine itself needs of it.
 *
 * @param table its name, with its schema or as the search path finds it
 * @param key the column that names a row; it has a unique index
 * @param recordId the column with the Airtable record's id
 * @param client the column with the client's id; null when the table belongs to one client
 * @param createdAt when the record was made; null when the table does not keep it
 * @param updatedAt when the row was last edited; null when no field is the portal's
 */
public record PostgresTable(
    String table,
    String key,
    String recordId,
    @Nullable String client,
    @Nullable String createdAt,
    @Nullable String updatedAt) {

  /** The columns that a table has when its mapping file says nothing else. */
  public static PostgresTable usual(String table) {
    return new PostgresTable(
        table, "id", "airtable_record_id", "client_id", "created_at", "updated_at");
  }

  /** The columns that no field can be mapped to. */
  public Set<String> ownColumns() {
    Set<String> columns = new LinkedHashSet<>();
    columns.add(key);
    columns.add(recordId);
    add(columns, client);
    add(columns, createdAt);
    add(columns, updatedAt);
    return columns;
  }

  private static void add(Set<String> columns, @Nullable String column) {
    if (column != null) {
      columns.add(column);
    }
  }
}
