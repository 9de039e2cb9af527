package io.reconciler.side.postgres.statement;

import static io.reconciler.side.postgres.statement.Columns.KEPT;
import static io.reconciler.side.postgres.statement.Columns.literal;
import static io.reconciler.side.postgres.statement.Columns.name;

import io.reconciler.decide.Unconvertible;
import io.reconciler.side.mapping.Conversion.Kind;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.MappingSet;
import io.reconciler.side.mapping.PgType;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A mapped column as a statement reads and writes it: a link is record ids to everybody, and the
 * keys of the rows they stand for in its column.
 */
final class LinkedColumns {

  private final MappingSet mappings;

  LinkedColumns(MappingSet mappings) {
    this.mappings = mappings;
  }

  /** What a column holds, a link as the record ids of what it points at. */
  String read(String alias, String client, FieldMapping field) {
    String column = alias + "." + name(field.column());
    return target(field)
        .map(
            target ->
                field.type().base().isArray()
                    ? several(column, client, target)
                    : single(column, client, target))
        .orElse(column);
  }

  private static String single(String column, String client, Columns target) {
    return "case when "
        + column
        + " is not null then coalesce((select case when "
        + target.linked("k")
        + " then jsonb_build_array("
        + target.record("k")
        + ") else "
        + keys(Unconvertible.WAITS, column)
        + " end from "
        + target.table()
        + " k where "
        + target.key("k")
        + " = "
        + column
        + " and "
        + target.ofClient("k", client)
        + " limit 1), "
        + keys(Unconvertible.ROWLESS, column)
        + ") end";
  }

  private static String keys(String what, String column) {
    return "jsonb_build_object('" + what + "', jsonb_build_array(" + column + "))";
  }

  // An element that is null points at nothing, and says nothing.
  private static String several(String column, String client, Columns target) {
    return "case when cardinality("
        + column
        + ") > 0 then (select case when bool_and(k.record is not null)"
        + " then jsonb_agg(k.record order by x.place) when bool_and(k.known is not null) then "
        + keysWhere(Unconvertible.WAITS, "k.record is null")
        + " when count(*) > 0 then "
        + keysWhere(Unconvertible.ROWLESS, "k.known is null")
        + " end from unnest("
        + column
        + ") with ordinality x (key, place) left join lateral (select true as known, case when "
        + target.linked("k")
        + " then "
        + target.record("k")
        + " end as record from "
        + target.table()
        + " k where "
        + target.key("k")
        + " = x.key and "
        + target.ofClient("k", client)
        + " limit 1) k on true where x.key is not null) end";
  }

  private static String keysWhere(String what, String which) {
    return "jsonb_build_object('"
        + what
        + "', jsonb_agg(x.key order by x.place) filter (where "
        + which
        + "), '"
        + Unconvertible.WRITTEN
        + "', jsonb_agg(x.key order by x.place))";
  }

  /** What a statement takes for a column from the JSON rows {@code r}. */
  String written(FieldMapping field, String client) {
    String column = "r." + name(field.column());
    return target(field)
        .map(target -> keys(column, client, target, field))
        .orElseGet(
            () ->
                field.type().isLabelled()
                    ? "cast(" + column + " as " + labelled(field.type()) + ")"
                    : column);
  }

  // A type of the portal's may have any name; only the first point parts it from its schema.
  private static String labelled(PgType type) {
    String name =
        Stream.of(type.name().split("\\.", 2))
            .map(part -> name(part.replace("\"", "\"\"")))
            .collect(Collectors.joining("."));
    return type.base().isArray() ? name + "[]" : name;
  }

  private static String keys(String column, String client, Columns target, FieldMapping field) {
    String of =
        " from unnest("
            + column
            + ") with ordinality x (record, place) join "
            + target.table()
            + " k on "
            + target.record("k")
            + " = x.record and "
            + target.ofClient("k", client);
    if (!field.type().base().isArray()) {
      return "(select " + target.key("k") + of + " order by x.place limit 1)";
    }
    String all = "(select array_agg(" + target.key("k") + " order by x.place)" + of + ")";
    return field.notNull() ? "coalesce(" + all + ", '{}')" : all;
  }

  /** The same for an update: a link that is to be kept keeps what it holds. */
  String kept(FieldMapping field, String client) {
    String value = written(field, client);
    return target(field).isEmpty()
        ? value
        : "case when "
            + literal(field.column())
            + " = any (r."
            + name(KEPT)
            + ") then t."
            + name(field.column())
            + " else "
            + value
            + " end";
  }

  /** The columns of the table that a link points at. */
  Optional<Columns> target(FieldMapping field) {
    return field.conversion().kind() == Kind.LINK
        ? mappings.named(field.conversion().to()).map(to -> new Columns(to, mappings))
        : Optional.empty();
  }
}
