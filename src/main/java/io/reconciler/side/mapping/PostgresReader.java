package io.reconciler.side.mapping;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads which PostgreSQL table a mapping file is for. */
final class PostgresReader {

  private static final String BLOCK = "postgres";
  private static final Set<String> KEYS =
      Set.of("table", "key", "record_id", "client", "created_at", "updated_at");
  private static final Pattern TABLE =
      Pattern.compile("(?:[a-z_][a-z0-9_]{0,62}\\.)?[a-z_][a-z0-9_]{0,62}");

  private PostgresReader() {}

  /** Without a block of its own a file is for a table like {@code leads}. */
  static PostgresTable read(String file, YamlMap source, String name) {
    if (!source.has(BLOCK)) {
      return PostgresTable.usual(name);
    }
    YamlMap block = block(file, source);
    PostgresTable table =
        new PostgresTable(
            table(block, name),
            column(block, "key", "id"),
            column(block, "record_id", "airtable_record_id"),
            optional(block, "client"),
            optional(block, "created_at"),
            optional(block, "updated_at"));
    distinct(block, table);
    return table;
  }

  /** The block, where there is one; else the file. */
  static YamlMap block(String file, YamlMap source) {
    return source.has(BLOCK) ? YamlMap.of(file, source.node(BLOCK), BLOCK, KEYS) : source;
  }

  private static String table(YamlMap block, String name) {
    String table = block.has("table") ? block.text("table") : name;
    if (!TABLE.matcher(table).matches()) {
      throw block.error(
          "table",
          "table \""
              + table
              + "\" is no plain name; use lower-case letters, digits and _, with a schema before a"
              + " dot if need be");
    }
    return table;
  }

  private static String column(YamlMap block, String key, String usual) {
    String column = optional(block, key);
    return column == null ? usual : column;
  }

  private static @Nullable String optional(YamlMap block, String key) {
    String column = block.optionalText(key);
    if (column != null && !FieldReader.isIdentifier(column)) {
      throw block.error(key, FieldReader.noIdentifier(column));
    }
    return column;
  }

  private static void distinct(YamlMap block, PostgresTable table) {
    Set<String> seen = new HashSet<>();
    seen.add(table.key());
    once(block, "record_id", table.recordId(), seen);
    once(block, "client", table.client(), seen);
    once(block, "created_at", table.createdAt(), seen);
    once(block, "updated_at", table.updatedAt(), seen);
  }

  private static void once(YamlMap block, String key, @Nullable String column, Set<String> seen) {
    if (column != null && !seen.add(column)) {
      throw block.error(key, "column \"" + column + "\" stands for two things; name another");
    }
  }
}
