package io.reconciler.side.mapping;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Where the names of a mapping stand, for messages about names that are not there.
 *
 * @param file what messages call the file; empty when nobody can edit it
 * @param lines by what stands there: a key of the file, {@code postgres.} and a key of that block,
 *     or {@code fields.} and a column
 */
public record Places(String file, Map<String, Integer> lines) {

  /** Of a mapping that was not read from a file of the user's. */
  public static final Places NONE = new Places("", Map.of());

  private static final String FIELDS = "fields.";

  public Places {
    lines = Map.copyOf(lines);
  }

  /** Of a file with these entries. */
  static Places of(
      String file, YamlMap source, YamlMap postgres, List<Located<FieldMapping>> fields) {
    Map<String, Integer> lines = new HashMap<>();
    source.keys().forEach(key -> lines.put(key, source.line(key)));
    if (postgres != source) {
      postgres.keys().forEach(key -> lines.put("postgres." + key, postgres.line(key)));
    }
    for (Located<FieldMapping> field : fields) {
      String column = FIELDS + field.value().column();
      field.source().keys().forEach(k -> lines.put(column + "." + k, field.source().line(k)));
    }
    return new Places(file, lines);
  }

  /** Whether there is a file that the user can correct. */
  public boolean isKnown() {
    return !file.isEmpty();
  }

  /** File and line of a key of the file, as a message begins; empty when it is not there. */
  public String of(String key) {
    Integer line = lines.get(key);
    return line == null ? "" : file + ":" + line + ": ";
  }

  /** The same for a key under {@code postgres}; where it is left out, of that block or the file. */
  public String ofPostgres(String key) {
    return Stream.of("postgres." + key, "postgres", "fields")
        .map(this::of)
        .filter(place -> !place.isEmpty())
        .findFirst()
        .orElse("");
  }

  /** The same but for a key whose value stands somewhere else. */
  Places without(String key) {
    Map<String, Integer> others = new HashMap<>(lines);
    others.remove(key);
    return new Places(file, others);
  }

  /** The same for a key of a column's field. */
  public String ofField(String column, String key) {
    return of(FIELDS + column + "." + key);
  }
}
