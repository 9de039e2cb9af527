package io.reconciler.side.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PgTypeTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "varchar(1)",
        "varchar(10485760)",
        "text",
        "integer",
        "boolean",
        "timestamptz",
        "uuid",
        "text[]",
        "citext",
        "smallint",
        "bigint",
        "numeric",
        "numeric(14,2)",
        "double precision",
        "date",
        "uuid[]",
        "bigint[]",
        "jsonb",
        "lead_stage",
        "crm.lead_stage",
        "lead_stage[]",
        "crm.lead_stage[]"
      })
  void a_type_is_written_as_it_was_read(String sql) {
    assertThat(PgType.parse(sql).sql()).isEqualTo(sql);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "varchar",
        "varchar(0)",
        "varchar(10485761)",
        "varchar(x)",
        "TEXT",
        "text_array",
        "json",
        "varchar[]",
        "integer[]",
        "stage[][]",
        "numeric(0)",
        "numeric(2,3)",
        "numeric(1001)",
        "My Enum",
        ""
      })
  void another_type_is_refused(String sql) {
    assertThatThrownBy(() -> PgType.parse(sql))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("unknown type \"" + sql + "\"")
        .hasMessageContaining("; use varchar(n), text,");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "TEXT | text",
        "json | jsonb",
        "numerc(9,2) | numeric",
        "varchr(20) | varchar(n)",
        "intger(4) | integer"
      })
  void the_nearest_type_is_named(String sql, String nearest) {
    assertThatThrownBy(() -> PgType.parse(sql))
        .hasMessageContaining("(did you mean \"" + nearest + "\"?)");
  }
}
