package io.reconciler.mapping;

import io.reconciler.mapping.PgType.Base;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * How a cell becomes a value.
 *
 * @param kind the rule
 * @param choices value by cell text; only for {@link Kind#CHOICE}, empty otherwise
 */
public record Conversion(Kind kind, Map<String, String> choices) {

  /** The rules there are. */
  public enum Kind {
    /** Text as it is; a number becomes its plain text, a select option its name. */
    TEXT(Set.of(Base.VARCHAR, Base.TEXT)),
    /** A JSON number without fraction; a text is refused even if it looks like one. */
    INTEGER(Set.of(Base.INTEGER)),
    /** True or false; an empty cell is an unchecked box. */
    BOOLEAN(Set.of(Base.BOOLEAN)),
    /** An ISO-8601 date, or date and time; without zone it is UTC. */
    TIMESTAMP(Set.of(Base.TIMESTAMPTZ)),
    /** A UUID in its canonical form, in either case. */
    UUID(Set.of(Base.UUID)),
    /** Text split on commas, trimmed, without empty parts. */
    TAGS(Set.of(Base.TEXT_ARRAY)),
    /** One of a closed list of texts, replaced by its value. */
    CHOICE(Set.of(Base.VARCHAR, Base.TEXT)),
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

    boolean fits(PgType type) {
      return results.contains(type.base());
    }
  }

  /** Keeps its own unmodifiable copy of the choices, in their order. */
  public Conversion {
    choices = Collections.unmodifiableMap(new LinkedHashMap<>(choices));
  }

  static Conversion of(Kind kind) {
    return new Conversion(kind, Map.of());
  }
}
