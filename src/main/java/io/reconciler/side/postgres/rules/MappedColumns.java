package io.reconciler.side.postgres.rules;

import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.PgType;
import io.reconciler.side.postgres.rules.ColumnRules.Expected;
import io.reconciler.side.postgres.rules.TableShape.Column;
import io.reconciler.side.postgres.statement.Columns;
import io.reconciler.text.Nearest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The mapped columns of a table as it is: what is wrong is said with the place of the name in the
 * mapping's file, and with the name that may be meant.
 */
final class MappedColumns {

  private final Mapping mapping;
  private final ColumnRules rules;
  private final Enums enums;

  MappedColumns(Mapping mapping, ColumnRules rules, Enums enums) {
    this.mapping = mapping;
    this.rules = rules;
    this.enums = enums;
  }

  List<SchemaProblem> check(FieldMapping field, TableShape table) {
    Column column = table.columns().get(field.column());
    String place = mapping.places().ofField(field.column(), column == null ? "column" : "type");
    if (enums.lacks(field.type())) {
      return List.of(noEnum(field, column));
    }
    List<SchemaProblem> problems = new ArrayList<>();
    for (SchemaProblem problem : rules.check(Expected.of(field), column)) {
      String more = column == null ? near(field.column(), table) : instead(field, column);
      problems.add(
          new SchemaProblem(problem.fatal(), place + problem.text() + more, problem.ddl()));
    }
    problems.addAll(labels(field, column));
    return problems;
  }

  /** The columns that are there and not taken, one of which may be meant. */
  String near(String name, TableShape table) {
    Set<String> free = new TreeSet<>(table.columns().keySet());
    Set<String> taken = new HashSet<>(mapping.postgres().ownColumns());
    mapping.fields().forEach(field -> taken.add(field.column()));
    free.removeAll(taken);
    return mapping.places().isKnown() ? Nearest.hint(name, free) : Nearest.meant(name, free);
  }

  // A mapping that somebody wrote may be wrong as well as the table.
  private String instead(FieldMapping field, Column column) {
    String described = column.described();
    if (!mapping.places().isKnown()
        || described.equals(field.type().sql())
        || !isMappable(field, described)) {
      return "";
    }
    return "; or write its type, " + described + ", in the mapping";
  }

  private boolean isMappable(FieldMapping field, String type) {
    try {
      PgType parsed = PgType.parse(type);
      return field.conversion().kind().fits(parsed) && !enums.lacks(parsed);
    } catch (IllegalArgumentException other) {
      return false;
    }
  }

  private SchemaProblem noEnum(FieldMapping field, @Nullable Column column) {
    String name = field.type().name();
    Set<String> types = new TreeSet<>(PgType.names());
    types.addAll(enums.labels().keySet());
    String is = column == null ? "" : "; the column is " + column.described();
    return SchemaProblem.fatal(
        mapping.places().ofField(field.column(), "type")
            + "%s.%s is of type \"%s\" in the mapping, and the database has no such type%s%s"
                .formatted(
                    mapping.postgres().table(),
                    field.column(),
                    name,
                    Nearest.meant(name, types),
                    is),
        "");
  }

  /** What the mapping itself would write and the enum does not know. */
  private List<SchemaProblem> labels(FieldMapping field, @Nullable Column column) {
    List<String> known = enums.of(field);
    if (column == null || known.isEmpty()) {
      return List.of();
    }
    Set<String> own = new TreeSet<>(field.conversion().choices().values());
    if (field.defaultValue() instanceof String text) {
      own.add(text);
    } else if (field.defaultValue() instanceof List<?> texts) {
      texts.forEach(text -> own.add(String.valueOf(text)));
    }
    own.removeAll(known);
    return own.stream()
        .map(
            value ->
                SchemaProblem.fatal(
                    mapping
                            .places()
                            .ofField(
                                field.column(),
                                field.conversion().choices().containsValue(value)
                                    ? "choices"
                                    : "default")
                        + "\"%s\" is no label of the enum %s of %s.%s; it has %s"
                            .formatted(
                                value,
                                field.type().name(),
                                mapping.postgres().table(),
                                field.column(),
                                Nearest.some(known)),
                    "alter type %s add value %s"
                        .formatted(field.type().name(), Columns.literal(value))))
        .toList();
  }
}
