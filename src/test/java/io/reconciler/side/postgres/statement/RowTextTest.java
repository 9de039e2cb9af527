package io.reconciler.side.postgres.statement;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.reconciler.side.mapping.Conversion;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Owner;
import io.reconciler.side.mapping.PgType;
import io.reconciler.world.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** The text of a row is, byte by byte, the one that PostgreSQL makes of it. */
class RowTextTest {

  private static HikariDataSource pool;
  private static SingleConnectionDataSource session;

  @BeforeAll
  static void open() throws SQLException {
    pool = TestDatabase.pool(TestDatabase.url());
    session = new SingleConnectionDataSource(pool.getConnection(), true);
    sql("create extension if not exists citext with schema public");
    sql("create type mood as enum ('so, so', 'null', '')");
    sql("set time zone 'Asia/Kathmandu'");
  }

  @AfterAll
  static void close() {
    session.destroy();
    pool.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "plain",
        "two words",
        "null",
        "NULL",
        "a,b",
        "(a)",
        "{a}",
        "say \"no\"",
        "\"",
        "back\\slash",
        "\\N",
        "'",
        "line\r\nline\ttab\u000b\f\b\u0001\u001f\u007f",
        "\u0085\u00a0\u2003\u2028",
        "Zo\u00eb \u4e2d\u6587 \ud83d\ude00"
      })
  void of_any_text(String text) {
    for (String type : List.of("varchar(80)", "text", "citext")) {
      same(Map.of(type, text));
    }
    same(Map.of("text", text, "varchar(80)", text, "integer", 1));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "mood, \"so, so\"",
        "mood, null",
        "mood, \"\"",
      })
  void of_a_label(String type, String label) {
    same(Map.of(type, label));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, 32_767, -32_768})
  void of_whole_numbers(long number) {
    same(Map.of("smallint", (int) number, "integer", (int) number, "bigint", number));
    same(Map.of("bigint", number * 9_007_199_254L));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0001-01-01T00:00:00Z",
        "0999-12-31T23:59:59.999999Z",
        "1970-01-01T00:00:00Z",
        "2026-03-29T01:30:00.1Z",
        "2026-03-29T01:30:00.001Z",
        "2026-11-29T19:00:00.120450Z",
        "9999-12-31T23:59:59.999999Z"
      })
  void of_a_time_in_any_zone_of_the_session(String time) {
    assertThat(JdbcClient.create(session).sql("select now()::text").query(String.class).single())
        .endsWith("+05:45");
    same(Map.of("timestamptz", Instant.parse(time)));
  }

  @Test
  void of_everything_at_once_and_of_nothing() {
    same(
        Map.of(
            "boolean",
            true,
            "uuid",
            UUID.fromString("ABCDEF01-2345-6789-abcd-ef0123456789"),
            "text",
            "a \"b\"",
            "timestamptz",
            Instant.EPOCH));
    same(Map.of("boolean", false));
    same(Map.of());
  }

  @Test
  void what_is_empty_is_not_what_is_null() {
    assertThat(text(fields("text", "text"), Map.of("c0", "")))
        .isNotEqualTo(text(fields("text", "text"), Map.of()))
        .isNotEqualTo(text(fields("text", "text"), Map.of("c1", "")));
  }

  /** These values by type, with a null before, between and after them. */
  private static void same(Map<String, Object> byType) {
    List<String> types = byType.keySet().stream().sorted().toList();
    String[] all = new String[types.size() * 2 + 1];
    Arrays.fill(all, "text");
    Map<String, @Nullable Object> values = new HashMap<>();
    for (int i = 0; i < types.size(); i++) {
      all[2 * i + 1] = types.get(i);
      values.put("c" + (2 * i + 1), byType.get(types.get(i)));
    }
    List<FieldMapping> fields = fields(all);
    sql("drop table if exists t");
    sql(
        "create table t ("
            + String.join(
                ", ", fields.stream().map(f -> f.column() + " " + f.type().sql()).toList())
            + ")");
    sql("insert into t default values");
    values.forEach(
        (column, value) ->
            JdbcClient.create(session)
                .sql("update t set " + column + " = cast(:value as " + type(column, fields) + ")")
                .param("value", String.valueOf(value))
                .update());
    String written =
        JdbcClient.create(session)
            .sql("select " + RowText.sql("t", fields) + " from t")
            .query(String.class)
            .single();

    assertThat(text(fields, values)).isEqualTo(written);
  }

  private static String type(String column, List<FieldMapping> fields) {
    return fields.stream().filter(f -> f.column().equals(column)).findAny().get().type().sql();
  }

  private static String text(List<FieldMapping> fields, Map<String, @Nullable Object> values) {
    assertThat(fields).allMatch(RowText::has);
    return new String(RowText.of(fields, values), StandardCharsets.UTF_8);
  }

  private static List<FieldMapping> fields(String... types) {
    return IntStream.range(0, types.length)
        .mapToObj(
            i ->
                new FieldMapping(
                    "c" + i,
                    PgType.parse(types[i]),
                    false,
                    null,
                    "C" + i,
                    null,
                    new Conversion(Conversion.Kind.TEXT, Map.of()),
                    Owner.AIRTABLE,
                    null))
        .toList();
  }

  private static void sql(String statement) {
    JdbcClient.create(session).sql(statement).update();
  }
}
