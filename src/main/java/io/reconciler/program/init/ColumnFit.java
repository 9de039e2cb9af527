package io.reconciler.program.init;

import io.reconciler.side.airtable.TableSchema.Field;
import io.reconciler.side.mapping.Conversion.Kind;
import io.reconciler.side.mapping.PgType;
import io.reconciler.side.mapping.PgType.Base;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which column suits a field: the one that is made for it, and those that are there. Pure. */
final class ColumnFit {

  private static final Set<Base> TEXTS = Set.of(Base.VARCHAR, Base.TEXT, Base.CITEXT);
  private static final Set<String> WHOLE = Set.of("count", "autoNumber");

  private ColumnFit() {}

  /** The type of a column made for the field; links are made by {@link LinkColumns}. */
  static PgType typeFor(Field field) {
    return switch (Content.of(field)) {
      case TEXT, CHOICE, PERSON -> type(Base.TEXT);
      case NUMBER -> number(field);
      case FLAG -> type(Base.BOOLEAN);
      case DAY -> type(Base.DATE);
      case MOMENT -> type(Base.TIMESTAMPTZ);
      case OPTIONS, PEOPLE, LINK -> type(Base.TEXT_ARRAY);
      case STRUCTURE -> type(Base.JSONB);
    };
  }

  /** A precision says what Airtable shows; only a field for whole numbers is taken at its word. */
  private static PgType number(Field field) {
    if (field.type().equals("rating")) {
      return type(Base.INTEGER);
    }
    boolean plain = field.type().equals("number") && field.options().path("precision").asInt() == 0;
    boolean seconds =
        field.type().equals("duration")
            && !field.options().path("durationFormat").asText("S").contains("S");
    return type(plain || seconds || WHOLE.contains(field.type()) ? Base.BIGINT : Base.NUMERIC);
  }

  /** How the field's cells get into a column of that type; empty when they don't. */
  static Optional<Kind> conversion(Field field, PgType type) {
    Content content = Content.of(field);
    Content element = Content.element(field);
    Kind kind =
        switch (type.base()) {
          case VARCHAR, TEXT, CITEXT -> text(element);
          case ENUM -> element == Content.TEXT || element == Content.CHOICE ? Kind.TEXT : null;
          case SMALLINT, INTEGER, BIGINT, NUMERIC, DOUBLE_PRECISION ->
              element == Content.NUMBER ? Kind.NUMBER : null;
          case BOOLEAN -> flag(field, element);
          case DATE -> element == Content.DAY || element == Content.MOMENT ? Kind.DATE : null;
          case TIMESTAMPTZ ->
              element == Content.DAY || element == Content.MOMENT ? Kind.TIMESTAMP : null;
          case UUID -> element == Content.TEXT ? Kind.UUID : null;
          case TEXT_ARRAY -> list(content);
          case JSONB -> Kind.JSON;
          case UUID_ARRAY, BIGINT_ARRAY -> null;
        };
    return Optional.ofNullable(kind);
  }

  private static @Nullable Kind text(Content element) {
    return switch (element) {
      case TEXT, CHOICE, NUMBER, DAY, MOMENT -> Kind.TEXT;
      case PERSON -> Kind.PERSON;
      default -> null;
    };
  }

  /** A formula has no checkbox to show; its 1 and 0 stand for one. */
  private static @Nullable Kind flag(Field field, Content element) {
    boolean bit = field.isComputed() && element == Content.NUMBER;
    return element == Content.FLAG || bit ? Kind.BOOLEAN : null;
  }

  private static @Nullable Kind list(Content content) {
    return switch (content) {
      case OPTIONS, CHOICE -> Kind.OPTIONS;
      case TEXT -> Kind.TAGS;
      case PERSON, PEOPLE -> Kind.PERSON;
      case LINK -> Kind.LINK;
      default -> null;
    };
  }

  /** The columns that a link's one text key may be kept in. */
  static boolean isText(PgType type) {
    return TEXTS.contains(type.base());
  }

  private static PgType type(Base base) {
    return new PgType(base, 0);
  }
}
