package io.reconciler.program.init;

import io.reconciler.program.init.ExistingTables.Column;
import io.reconciler.side.airtable.TableSchema.Field;
import io.reconciler.side.mapping.AirtableTypes;
import io.reconciler.side.mapping.Conversion;
import io.reconciler.side.mapping.Conversion.Kind;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Owner;
import io.reconciler.side.mapping.PgType;
import io.reconciler.side.mapping.PgType.Base;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides what becomes of each field of one table. Pure. */
final class FieldPlanner {

  private final Frame frame;
  private final Map<String, Frame> targets;
  private final Set<String> portal;
  private final InverseLinks inverses;
  private final PlainNames names;
  private final Map<String, PlannedField> planned = new HashMap<>();

  /** For a table among these, by their ids in Airtable. */
  FieldPlanner(Frame frame, Map<String, Frame> targets, Set<String> portal, InverseLinks inverses) {
    this.frame = frame;
    this.targets = targets;
    this.portal = portal;
    this.inverses = inverses;
    this.names = new PlainNames(frame.postgres().ownColumns());
  }

  /** A plan for each field, in Airtable's order. */
  List<PlannedField> plan() {
    fields().forEach(this::unusable);
    new BuiltInFields(frame, portal).plan().forEach(this::settle);
    if (frame.existing() != null) {
      ColumnMatches matches = new ColumnMatches(frame.existing(), names);
      matches.of(open()).forEach(this::match);
      frame.existing().columns().forEach(column -> names.take(column.name()));
    }
    open().forEach(this::make);
    List<PlannedField> all = new ArrayList<>();
    fields().forEach(field -> all.add(planned.get(field.id())));
    return all;
  }

  /** The name of a column that nothing else has, for what the engine itself keeps. */
  String freeName(String wanted, String otherwise) {
    return names.give(names.isTaken(wanted) ? otherwise : wanted, otherwise);
  }

  private List<Field> fields() {
    return frame.source().fields();
  }

  private List<Field> open() {
    return fields().stream().filter(field -> !planned.containsKey(field.id())).toList();
  }

  private void settle(PlannedField plan) {
    planned.put(plan.source().id(), plan);
    if (plan.mapped() != null) {
      names.take(plan.mapped().column());
    }
  }

  private void unusable(Field field) {
    if (!AirtableTypes.known(field.type())) {
      settle(PlannedField.leftOut(field, "the type " + field.type() + " is not known here"));
    } else if (field.isBroken()) {
      settle(PlannedField.leftOut(field, "Airtable says that its formula is not valid"));
    } else if (field.equals(frame.lastModified()) && !portal.contains(field.id())) {
      settle(PlannedField.leftOut(field, "it tells the reconciler what has changed"));
    }
  }

  /** A column that is there under the field's name. */
  private void match(Field field, Column column) {
    PgType type = column.type().orElse(null);
    Optional<Conversion> conversion = type == null ? Optional.empty() : conversion(field, type);
    boolean writable = column.settable() && PlainNames.isPlain(column.name());
    if (type != null && conversion.isPresent() && writable) {
      settle(
          new PlannedField(
              field,
              mapping(field, column, type, conversion.get()),
              Reasons.doubt(field, column, type)));
    } else if (!LinkColumns.isLink(field)) {
      settle(PlannedField.leftOut(field, Reasons.unfit(field, column)));
    } else if (LinkColumns.isFor(field, column.name())) {
      settle(PlannedField.leftOut(field, Reasons.unlinked(column)));
    }
  }

  private FieldMapping mapping(Field field, Column column, PgType type, Conversion conversion) {
    Object whenEmpty = column.notNull() ? Defaults.whenEmpty(type) : null;
    boolean notNull = column.notNull() && (whenEmpty != null || type.base() == Base.BOOLEAN);
    return mapping(field, column.name(), type, notNull, whenEmpty, conversion);
  }

  /** A column of its own, unless another one tells the same. */
  private void make(Field field) {
    InverseLinks.Side other = inverses.instead(field);
    if (other != null) {
      settle(
          PlannedField.leftOut(
              field, "the other side of " + other.table().described(other.field())));
    } else if (field.type().equals("createdTime") && frame.postgres().createdAt() != null) {
      settle(PlannedField.leftOut(field, "the column " + frame.postgres().createdAt() + " has it"));
    } else {
      Frame target = target(field);
      boolean link = LinkColumns.isLink(field);
      PgType type = link ? LinkColumns.typeFor(field, target) : ColumnFit.typeFor(field);
      String wanted = link ? LinkColumns.name(field, target) : field.name();
      String column = names.give(wanted, "field_" + (fields().indexOf(field) + 1));
      boolean flag = type.base() == Base.BOOLEAN;
      FieldMapping mapping =
          mapping(
              field,
              column,
              type,
              flag,
              flag ? false : null,
              conversion(field, type).orElseThrow());
      settle(new PlannedField(field, mapping, link ? Reasons.link(field, target) : ""));
    }
  }

  private Optional<Conversion> conversion(Field field, PgType type) {
    if (LinkColumns.isLink(field)) {
      return LinkColumns.conversion(type, target(field));
    }
    return ColumnFit.conversion(field, type).map(kind -> new Conversion(kind, Map.of()));
  }

  private @Nullable Frame target(Field field) {
    return targets.get(LinkColumns.linkedTable(field));
  }

  private FieldMapping mapping(
      Field field,
      String column,
      PgType type,
      boolean notNull,
      @Nullable Object whenEmpty,
      Conversion conversion) {
    boolean own = portal.contains(field.id());
    if (own) {
      ensureWritable(field, conversion.kind());
    }
    return new FieldMapping(
        column,
        type,
        notNull,
        whenEmpty,
        frame.reference(field),
        field.type(),
        conversion,
        own ? Owner.PORTAL : Owner.AIRTABLE,
        own ? column : null);
  }

  private void ensureWritable(Field field, Kind kind) {
    if (field.isComputed() || kind == Kind.JSON || field.type().equals("barcode")) {
      throw InitException.unwritable(frame.described(field), field.type());
    }
    if (inverses.isOwnedTwice(field)) {
      throw new InitException(
          "--portal %s: its other side is the portal's too, and both are one thing; leave one out"
              .formatted(frame.described(field)));
    }
  }
}
