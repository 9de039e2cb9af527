package io.reconciler.side.postgres.statement;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.reconciler.side.mapping.PgType;
import io.reconciler.world.SideBySide;
import io.reconciler.world.TestDatabase;
import java.math.BigDecimal;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is said of a column's precision, in Java and in SQL, is what PostgreSQL does with it. */
@SideBySide
class ColumnPrecisionTest {

  private static HikariDataSource pool;
  private static JdbcClient sql;

  @BeforeAll
  static void open() {
    pool = TestDatabase.pool(TestDatabase.url());
    sql = JdbcClient.create(pool);
  }

  @AfterAll
  static void close() {
    pool.close();
  }

  @ParameterizedTest(name = "{0} in {1}, {2}: altered {3}")
  @CsvSource(
      delimiter = ';',
      value = {
        "numeric(6,2);     numeric(6,2);     9999.99;          false",
        "numeric(6,2);     numeric(8,4);     9999.99;          false",
        "numeric(6,2);     numeric;          9999.99;          false",
        "numeric(6,2);     numeric(6,1);     9999.99;          true",
        "numeric(6,2);     numeric(8,-1);    9999.99;          true",
        "numeric;          numeric(30,9);    0.0123456789;     true",
        "numeric;          numeric;          0.0123456789;     false",
        "bigint;           numeric(20,0);    1234567890123456; false",
        "bigint;           numeric(20,-2);   1234567890123456; true",
        "double precision; numeric;          0.12345678901234568; true",
        "double precision; double precision; 0.12345678901234568; false"
      })
  void a_number_loses_digits_where_it_is_said_to(
      String type, String column, String value, boolean altered) {
    BigDecimal stored = new BigDecimal(stored(type, column, value));

    assertThat(stored.compareTo(new BigDecimal(value)) != 0).isEqualTo(altered);
    Stored in = column(column);
    assertThat(ColumnPrecision.losesDigits(PgType.parse(type), in.type(), in.modifier()))
        .isEqualTo(altered);
    assertThat(alters(type, column) || !altered).isTrue();
  }

  @ParameterizedTest(name = "{0} in {1}, {2}: altered {3}")
  @CsvSource(
      delimiter = ';',
      value = {
        "varchar(5);  varchar(5);     'ab   '; false",
        "varchar(5);  text;           'ab   '; false",
        "varchar(5);  varchar(3);     'ab   '; true",
        "varchar(5);  char(5);        'ab   '; true",
        "text;        varchar(3);     'ab   '; true",
        "text;        varchar;        'ab   '; false",
        "timestamptz; timestamptz(3); '2026-03-04 05:06:07.123456+00'; true",
        "timestamptz; timestamptz;    '2026-03-04 05:06:07.123456+00'; false"
      })
  void what_else_is_altered_is_in_the_condition_too(
      String type, String column, String value, boolean altered) {
    String text = value.replace("'", "");
    assertThat(stored(type, column, text).equals(stored(type, type, text))).isEqualTo(!altered);
    assertThat(alters(type, column)).isEqualTo(altered);
  }

  private record Stored(String type, int modifier) {}

  /** A value of that type once it has been in a column of the other. */
  private static String stored(String type, String column, String value) {
    return sql.sql("select cast(cast(cast(:value as %s) as %s) as text)".formatted(type, column))
        .param("value", value)
        .query(String.class)
        .single();
  }

  private static boolean alters(String type, String column) {
    String condition = ColumnPrecision.alters(PgType.parse(type)).orElse("false");
    Stored shape = column(column);
    return sql.sql(
            "select "
                + condition
                + " from (values (cast(:type as text), cast(:modifier as integer)))"
                + " col (type, modifier)")
        .param("type", shape.type())
        .param("modifier", shape.modifier())
        .query(Boolean.class)
        .single();
  }

  private static Stored column(String ddl) {
    sql.sql("drop table if exists precise").update();
    sql.sql("create table precise (c " + ddl + ")").update();
    return sql.sql(
            "select y.typname, a.atttypmod from pg_attribute a join pg_type y on y.oid = a.atttypid"
                + " where a.attrelid = cast('precise' as regclass) and a.attname = 'c'")
        .query((row, number) -> new Stored(row.getString(1), row.getInt(2)))
        .single();
  }
}
