package io.reconciler.side.postgres.rules;

import io.reconciler.side.postgres.rules.TableShape.Column;
import java.util.List;
import java.util.Set;

/**
 * Says whether new leads, or rows of another table, can get a key. Its type is nobody's business,
 * for the engine finds leads by their records: either the table gives it, or a random UUID fits.
 */
final class KeyRules {

  private static final Set<String> UUIDS = Set.of("uuid", "text", "varchar", "citext", "bpchar");
  private static final Set<String> COUNTED = Set.of("int2", "int4", "int8");
  private static final int UUID_LENGTH = 36;

  private KeyRules() {}

  static List<SchemaProblem> leads(Column key, String place) {
    return of("leads", place, key, "lead");
  }

  /** Of a table at this place that texts call so, and its rows. */
  static List<SchemaProblem> of(String table, String place, Column key, String row) {
    if (key.isFilled() || (UUIDS.contains(key.type()) && key.length() >= UUID_LENGTH)) {
      return List.of();
    }
    String name = table + "." + key.name();
    if (UUIDS.contains(key.type())) {
      return List.of(
          SchemaProblem.fatal(
              "%s is %s without a default: the UUID that a new %s gets is longer"
                  .formatted(name, key.described(), row),
              "alter table %s alter column %s type varchar(%d)"
                  .formatted(place, key.identifier(), UUID_LENGTH)));
    }
    return List.of(
        SchemaProblem.fatal(
            "%s is %s without a default: no %s can be inserted; give it one"
                .formatted(name, key.described(), row),
            COUNTED.contains(key.type())
                ? CountedKeys.statement(place, key.identifier(), key.notNull())
                : ""));
  }
}
