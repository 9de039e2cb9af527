package io.reconciler.side.mapping;

import io.reconciler.side.mapping.PgType.Base;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a cell becomes a value.
 *
 * @param kind the rule
 * @param choices value by cell text; only for {@link Kind#CHOICE}, empty otherwise
 * @param to the name of the mapping whose rows a {@link Kind#LINK} points at; null when the column
 *     holds the record ids themselves
 * @param newOptions whether {@link Kind#OPTIONS} that Airtable lacks may be made there
 */
public record Conversion(
    Kind kind, Map<String, String> choices, @Nullable String to, boolean newOptions) {

  public enum Kind {
    /** Text as it is; a number becomes its plain text, a select option its name. */
    TEXT(Set.of(Base.VARCHAR, Base.TEXT, Base.CITEXT, Base.ENUM, Base.UUID)),
    /** A JSON number without fraction; a text is refused even if it looks like one. */
    INTEGER(Set.of(Base.INTEGER)),
    /** A JSON number, kept in its exact decimal value. */
    NUMBER(Set.of(Base.INTEGER, Base.SMALLINT, Base.BIGINT, Base.NUMERIC, Base.DOUBLE_PRECISION)),
    /** True or false; an empty cell is an unchecked box. */
    BOOLEAN(Set.of(Base.BOOLEAN)),
    /** An ISO-8601 date, or date and time; without zone it is UTC. */
    TIMESTAMP(Set.of(Base.TIMESTAMPTZ)),
    /** A day, without time or zone. */
    DATE(Set.of(Base.DATE)),
    /** A UUID in its canonical form, in either case. */
    UUID(Set.of(Base.UUID)),
    /** Text split on commas, trimmed, without empty parts. */
    TAGS(Set.of(Base.TEXT_ARRAY)),
    /** The texts of a multiple select, in their order; compared as a set. */
    OPTIONS(Set.of(Base.TEXT_ARRAY)),
    /** One of a closed list of texts, replaced by its value. */
    CHOICE(Set.of(Base.VARCHAR, Base.TEXT, Base.CITEXT, Base.ENUM)),
    /** A collaborator's e-mail, else the name; a list of them for an array. */
    PERSON(Set.of(Base.VARCHAR, Base.TEXT, Base.CITEXT, Base.TEXT_ARRAY)),
    /** Linked records: the keys of their rows, or their record ids. */
    LINK(
        Set.of(
            Base.UUID,
            Base.BIGINT,
            Base.INTEGER,
            Base.TEXT,
            Base.VARCHAR,
            Base.UUID_ARRAY,
            Base.BIGINT_ARRAY,
            Base.TEXT_ARRAY)),
    /** The cell as Airtable shows it; an attachment's expiring address is not compared. */
    JSON(Set.of(Base.JSONB)),
    /** No cell: true while the record exists in Airtable. */
    EXISTENCE(Set.of(Base.BOOLEAN));

    private final Set<Base> results;

    Kind(Set<Base> results) {
      this.results = results;
    }

    /** The name in the mapping file, in lower case. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it gives values of that type. */
    public boolean fits(PgType type) {
      return results.contains(type.base());
    }
  }

  /** Keeps its own unmodifiable copy of the choices, in their order. */
  public Conversion {
    choices = Collections.unmodifiableMap(new LinkedHashMap<>(choices));
  }

  /** A rule without links or new options. */
  public Conversion(Kind kind, Map<String, String> choices) {
    this(kind, choices, null, false);
  }

  static Conversion of(Kind kind) {
    return new Conversion(kind, Map.of());
  }
}
