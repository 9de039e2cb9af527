package io.reconciler.program.init;

import io.reconciler.side.airtable.TableSchema.Field;
import io.reconciler.side.mapping.Conversion;
import io.reconciler.side.mapping.Conversion.Kind;
import io.reconciler.side.mapping.PgType;
import io.reconciler.side.mapping.PgType.Base;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Columns for linked records: the key of the target's row, or several of them. Pure. */
final class LinkColumns {

  private static final String LINKS = "multipleRecordLinks";
  private static final Set<Base> TEXTS = Set.of(Base.VARCHAR, Base.TEXT, Base.CITEXT);
  private static final Map<Base, Base> ARRAYS =
      Map.of(
          Base.UUID, Base.UUID_ARRAY,
          Base.BIGINT, Base.BIGINT_ARRAY,
          Base.INTEGER, Base.BIGINT_ARRAY,
          Base.TEXT, Base.TEXT_ARRAY,
          Base.VARCHAR, Base.TEXT_ARRAY,
          Base.CITEXT, Base.TEXT_ARRAY);

  private LinkColumns() {}

  static boolean isLink(Field field) {
    return field.type().equals(LINKS);
  }

  /** Whether Airtable's own editor lets a cell hold one record only. */
  static boolean isSingle(Field field) {
    return field.options().path("prefersSingleRecordLink").asBoolean();
  }

  static String linkedTable(Field field) {
    return field.options().path("linkedTableId").asText();
  }

  /** The id of the field that shows the same links from the other side; empty when none does. */
  static String inverse(Field field) {
    return field.options().path("inverseLinkFieldId").asText("");
  }

  /** Whether links can be kept as keys of that type. */
  static boolean isKey(PgType type) {
    return ARRAYS.containsKey(type.base());
  }

  /** The type of a column made for the link; without a target it keeps the ids of the records. */
  static PgType typeFor(Field field, @Nullable Frame target) {
    if (target == null) {
      return new PgType(Base.TEXT_ARRAY, 0);
    }
    PgType key = target.keyType();
    return isSingle(field) ? key : new PgType(array(key), 0);
  }

  /** How the links get into a column of that type; empty when they don't. */
  static Optional<Conversion> conversion(PgType type, @Nullable Frame target) {
    if (type.base() == Base.JSONB) {
      return Optional.of(new Conversion(Kind.JSON, Map.of()));
    }
    if (target != null && Kind.LINK.fits(type) && holds(type, target.keyType())) {
      return Optional.of(new Conversion(Kind.LINK, Map.of(), target.name(), false));
    }
    return type.base() == Base.TEXT_ARRAY
        ? Optional.of(new Conversion(Kind.LINK, Map.of()))
        : Optional.empty();
  }

  private static boolean holds(PgType column, PgType key) {
    boolean texts = TEXTS.contains(column.base()) && TEXTS.contains(key.base());
    return texts || column.base() == key.base() || column.base() == array(key);
  }

  private static Base array(PgType key) {
    return ARRAYS.getOrDefault(key.base(), Base.TEXT_ARRAY);
  }

  /** What a column made for the link is called: company_id, or company_ids for several. */
  static String name(Field field, @Nullable Frame target) {
    String plain = PlainNames.plain(field.name()).replaceAll("_ids?$", "");
    String end = target != null && isSingle(field) ? "_id" : "_ids";
    String stem = end.equals("_ids") ? PlainNames.singular(plain) : plain;
    return stem.isEmpty() ? "" : stem + end;
  }

  /** Whether a column of that name is for keys of what the field links to. */
  static boolean isFor(Field field, String column) {
    return isLink(field) && folded(field).contains(PlainNames.folded(column));
  }

  /** Whether the table that is there has a column that can hold the link. */
  static boolean isKept(Field field, Frame table, @Nullable Frame target) {
    return table.existing() != null
        && table.existing().columns().stream()
            .filter(column -> column.settable() && PlainNames.isPlain(column.name()))
            .filter(column -> isFor(field, column.name()) || isCalled(field, column.name()))
            .flatMap(column -> column.type().stream())
            .anyMatch(type -> conversion(type, target).isPresent());
  }

  private static boolean isCalled(Field field, String column) {
    return PlainNames.folded(field.name()).equals(PlainNames.folded(column));
  }

  /** What a column that is there may be called for this link, when nobody looks at signs. */
  private static List<String> folded(Field field) {
    String name = PlainNames.folded(field.name());
    String one = PlainNames.singular(name);
    return Stream.of(name + "id", one + "id", name + "ids", one + "ids").distinct().toList();
  }
}
