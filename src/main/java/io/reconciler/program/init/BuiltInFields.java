package io.reconciler.program.init;

import io.reconciler.program.init.ExistingTables.Column;
import io.reconciler.side.airtable.TableSchema.Field;
import io.reconciler.side.mapping.Conversion;
import io.reconciler.side.mapping.Conversion.Kind;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.Owner;
import io.reconciler.side.mapping.PgType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Fits the fields of the mapping that comes with the program to what the base has. Pure. */
final class BuiltInFields {

  private static final Set<Kind> OF_TEXT = Set.of(Kind.TEXT, Kind.CHOICE, Kind.TAGS, Kind.UUID);

  private final Frame frame;
  private final Set<String> portal;
  private final List<PlannedField> plan = new ArrayList<>();
  private final Set<String> used = new HashSet<>();

  BuiltInFields(Frame frame, Set<String> portal) {
    this.frame = frame;
    this.portal = portal;
  }

  /** The fields of the base that feed columns of that mapping; none for other tables. */
  List<PlannedField> plan() {
    Mapping hints = frame.hints();
    if (hints != null) {
      for (FieldMapping hint : hints.airtableFields()) {
        frame
            .source()
            .field(Objects.requireNonNull(hint.airtableField()))
            .ifPresent(field -> plan(hint, field));
      }
    }
    return plan;
  }

  private void plan(FieldMapping hint, Field field) {
    if (!used.add(field.id()) || field.isBroken()) {
      return;
    }
    Optional<Conversion> conversion = conversion(hint, field);
    if (conversion.isPresent()) {
      add(hint, field, conversion.get(), remark(hint, field));
    } else if (LinkColumns.isLink(field)) {
      // The link gets a column of its own; the text of the linked record may be looked up.
      lookup(hint, field)
          .ifPresent(
              text ->
                  add(
                      hint,
                      text,
                      hint.conversion(),
                      "the text of the records that " + field.name() + " links to"));
    } else {
      Column column =
          new Column(hint.column(), hint.type().sql(), List.of(), hint.notNull(), false, true);
      plan.add(PlannedField.leftOut(field, Reasons.unfit(field, column)));
    }
  }

  private void add(FieldMapping hint, Field field, Conversion conversion, String remark) {
    used.add(field.id());
    boolean own = hint.owner() == Owner.PORTAL || portal.contains(field.id());
    boolean portals = own && !field.isComputed();
    if (portal.contains(field.id()) && !portals) {
      throw InitException.unwritable(frame.described(field), field.type());
    }
    String group = hint.group() == null ? hint.column() : hint.group();
    plan.add(
        new PlannedField(
            field,
            new FieldMapping(
                hint.column(),
                hint.type(),
                hint.notNull(),
                hint.defaultValue(),
                frame.reference(field),
                field.type(),
                conversion,
                portals ? Owner.PORTAL : Owner.AIRTABLE,
                portals ? group : null),
            own && !portals ? "Airtable computes it, so it is not the portal's" : remark));
  }

  /** The one of the mapping where it reads such cells, else one that does. */
  private Optional<Conversion> conversion(FieldMapping hint, Field field) {
    Kind kind = hint.conversion().kind();
    PgType type = hint.type();
    Optional<Kind> fitting = ColumnFit.conversion(field, type);
    boolean texts = OF_TEXT.contains(kind) && fitting.filter(OF_TEXT::contains).isPresent();
    boolean list = kind == Kind.TAGS && fitting.filter(k -> k == Kind.OPTIONS).isPresent();
    boolean whole = kind == Kind.INTEGER && fitting.filter(k -> k == Kind.NUMBER).isPresent();
    if (texts || list || whole || fitting.filter(k -> k == kind).isPresent()) {
      return Optional.of(hint.conversion());
    }
    return fitting
        .filter(k -> k != Kind.JSON || hint.owner() != Owner.PORTAL)
        .map(k -> new Conversion(k, Map.of()));
  }

  private static String remark(FieldMapping hint, Field field) {
    int decimals =
        field
            .options()
            .path("precision")
            .asInt(field.options().path("result").path("options").path("precision").asInt());
    boolean fractions = hint.conversion().kind() == Kind.INTEGER && decimals > 0;
    return fractions
        ? "it shows "
            + decimals
            + " decimals; a fraction goes to the dead letters, since the column is an "
            + hint.type().sql()
        : "";
  }

  private Optional<Field> lookup(FieldMapping hint, Field link) {
    return frame.source().fields().stream()
        .filter(field -> field.type().equals("multipleLookupValues"))
        .filter(field -> field.options().path("recordLinkFieldId").asText().equals(link.id()))
        .filter(field -> Content.element(field) == Content.TEXT)
        .filter(field -> ColumnFit.conversion(field, hint.type()).isPresent())
        .findFirst();
  }
}
