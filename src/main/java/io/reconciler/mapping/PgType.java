package io.reconciler.mapping;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The type of a column.
 *
 * @param base the type without its length
 * @param length the most code points a varchar holds; 0 for every other type
 */
public record PgType(Base base, int length) {

  /** The PostgreSQL types that a mapped column may have. */
  public enum Base {
    VARCHAR,
    TEXT,
    INTEGER,
    BOOLEAN,
    TIMESTAMPTZ,
    UUID,
    TEXT_ARRAY;

    String sql() {
      return this == TEXT_ARRAY ? "text[]" : name().toLowerCase(Locale.ROOT);
    }
  }

  private static final int LONGEST_VARCHAR = 10_485_760;
  private static final Pattern VARCHAR = Pattern.compile("varchar\\(([1-9][0-9]{0,7})\\)");

  /** The type as DDL writes it, such as {@code varchar(255)}. */
  public String sql() {
    return base == Base.VARCHAR ? "varchar(" + length + ")" : base.sql();
  }

  /**
   * The type of that DDL, as {@link #sql} writes it.
   *
   * @throws IllegalArgumentException if a mapped column can't have it
   */
  public static PgType parse(String sql) {
    Matcher varchar = VARCHAR.matcher(sql);
    if (varchar.matches() && Integer.parseInt(varchar.group(1)) <= LONGEST_VARCHAR) {
      return new PgType(Base.VARCHAR, Integer.parseInt(varchar.group(1)));
    }
    for (Base base : Base.values()) {
      if (base != Base.VARCHAR && base.sql().equals(sql)) {
        return new PgType(base, 0);
      }
    }
    throw new IllegalArgumentException(
        "unknown type \""
            + sql
            + "\"; use varchar(n), text, integer, boolean, timestamptz, uuid or text[]");
  }
}
