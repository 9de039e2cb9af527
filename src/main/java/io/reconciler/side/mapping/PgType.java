package io.reconciler.side.mapping;

import io.reconciler.text.Nearest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The type of a column.
 *
 * @param base the type without its length
 * @param length the most code points a varchar holds, the digits of a numeric; 0 for no limit
 * @param scale the decimals of a numeric; 0 for every other type
 * @param name the name of an enum, or of the one that a {@code text[]} is a list of; empty for
 *     every other type
 */
public record PgType(Base base, int length, int scale, String name) {

  /** The PostgreSQL types that a mapped column may have. */
  public enum Base {
    VARCHAR,
    TEXT,
    CITEXT,
    INTEGER,
    SMALLINT,
    BIGINT,
    NUMERIC,
    DOUBLE_PRECISION("double precision"),
    BOOLEAN,
    TIMESTAMPTZ,
    DATE,
    UUID,
    TEXT_ARRAY("text[]"),
    UUID_ARRAY("uuid[]"),
    BIGINT_ARRAY("bigint[]"),
    JSONB,
    ENUM;

    private final String sql;

    Base() {
      this.sql = name().toLowerCase(Locale.ROOT);
    }

    Base(String sql) {
      this.sql = sql;
    }

    String sql() {
      return sql;
    }

    /** Whether it holds a list of values. */
    public boolean isArray() {
      return sql.endsWith("[]");
    }
  }

  private static final int LONGEST_VARCHAR = 10_485_760;
  private static final int MOST_DIGITS = 1000;
  private static final Pattern VARCHAR = Pattern.compile("varchar\\(([1-9][0-9]{0,7})\\)");
  private static final Pattern NUMERIC =
      Pattern.compile("numeric\\(([1-9][0-9]{0,3})(?:, ?([0-9]{1,4}))?\\)");
  private static final Pattern ENUM_NAME =
      Pattern.compile("((?:[a-z_][a-z0-9_]{0,62}\\.)?[a-z_][a-z0-9_]{0,62})(\\[])?");

  /** Types that PostgreSQL knows and a mapped column can't have: none of them names an enum. */
  private static final Set<String> OTHERS =
      Set.of(
          "varchar",
          "char",
          "bpchar",
          "character",
          "string",
          "int",
          "int2",
          "int4",
          "int8",
          "bool",
          "decimal",
          "float",
          "float4",
          "float8",
          "double",
          "real",
          "money",
          "number",
          "json",
          "xml",
          "bytea",
          "timestamp",
          "datetime",
          "time",
          "timetz",
          "interval",
          "inet",
          "cidr",
          "macaddr",
          "bit",
          "varbit",
          "point",
          "line",
          "box",
          "path",
          "polygon",
          "circle",
          "name",
          "oid",
          "serial",
          "bigserial",
          "smallserial",
          "tsvector",
          "tsquery",
          "hstore",
          "enum",
          "array",
          "text_array",
          "regclass",
          "pg_lsn",
          "int4range",
          "int8range",
          "numrange",
          "tsrange",
          "tstzrange",
          "daterange");

  private static final String USE =
      "use varchar(n), text, citext, integer, smallint, bigint, numeric(p,s), double precision,"
          + " boolean, timestamptz, date, uuid, text[], uuid[], bigint[], jsonb or the name of an"
          + " enum";

  public PgType(Base base, int length) {
    this(base, length, 0, "");
  }

  /** The type as DDL writes it, such as {@code varchar(255)}. */
  public String sql() {
    return switch (base) {
      case VARCHAR -> "varchar(" + length + ")";
      case NUMERIC -> length == 0 ? "numeric" : "numeric(" + length + "," + scale + ")";
      case ENUM -> name;
      case TEXT_ARRAY -> isLabelled() ? name + "[]" : base.sql();
      default -> base.sql();
    };
  }

  /** An enum of this name, with or without its schema. */
  public static PgType ofEnum(String name) {
    return new PgType(Base.ENUM, 0, 0, name);
  }

  /** A list of labels of the enum of this name. */
  public static PgType ofEnums(String name) {
    return new PgType(Base.TEXT_ARRAY, 0, 0, name);
  }

  /** The enum of a column that is for texts of this type; empty where such a column can't be. */
  public Optional<PgType> labelled(String enumName, boolean list) {
    if (isLabelled()) {
      return Optional.empty();
    }
    return switch (base) {
      case TEXT_ARRAY -> list ? Optional.of(ofEnums(enumName)) : Optional.empty();
      case VARCHAR, TEXT, CITEXT -> list ? Optional.empty() : Optional.of(ofEnum(enumName));
      default -> Optional.empty();
    };
  }

  /** Whether it holds the labels of an enum and no other text. */
  public boolean isLabelled() {
    return !name.isEmpty();
  }

  /**
   * The type of that DDL, as {@link #sql} writes it; a name that is no type of PostgreSQL's is an
   * enum's.
   *
   * @throws IllegalArgumentException if a mapped column can't have it
   */
  public static PgType parse(String sql) {
    Matcher varchar = VARCHAR.matcher(sql);
    if (varchar.matches() && Integer.parseInt(varchar.group(1)) <= LONGEST_VARCHAR) {
      return new PgType(Base.VARCHAR, Integer.parseInt(varchar.group(1)));
    }
    Matcher numeric = NUMERIC.matcher(sql);
    if (numeric.matches() && fits(numeric)) {
      return new PgType(Base.NUMERIC, digits(numeric), scale(numeric), "");
    }
    for (Base base : PLAIN) {
      if (base.sql().equals(sql)) {
        return new PgType(base, 0);
      }
    }
    Matcher named = ENUM_NAME.matcher(sql);
    if (named.matches() && !isKnown(named.group(1))) {
      return named.group(2) == null ? ofEnum(sql) : ofEnums(named.group(1));
    }
    throw new IllegalArgumentException("unknown type \"" + sql + "\"" + meant(sql) + "; " + USE);
  }

  private static final List<Base> PLAIN =
      Arrays.stream(Base.values()).filter(b -> b != Base.VARCHAR && b != Base.ENUM).toList();

  /** The names of the types that have no length, and no name of their own. */
  public static List<String> names() {
    return PLAIN.stream().filter(base -> base != Base.NUMERIC).map(Base::sql).toList();
  }

  /** The type that may be meant, to be said after a wrong one; empty when none is alike. */
  static String meant(String sql) {
    int length = sql.indexOf('(');
    List<String> types = new ArrayList<>(names());
    types.addAll(List.of("numeric", "varchar(n)"));
    return Nearest.meant(length < 0 ? sql : sql.substring(0, length), types);
  }

  private static boolean isKnown(String name) {
    return OTHERS.contains(name) || PLAIN.stream().anyMatch(base -> base.sql().equals(name));
  }

  private static boolean fits(Matcher numeric) {
    return digits(numeric) <= MOST_DIGITS && scale(numeric) <= digits(numeric);
  }

  private static int digits(Matcher numeric) {
    return Integer.parseInt(numeric.group(1));
  }

  private static int scale(Matcher numeric) {
    return numeric.group(2) == null ? 0 : Integer.parseInt(numeric.group(2));
  }
}
