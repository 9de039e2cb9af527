package io.reconciler.service.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.MappingFile;
import io.reconciler.side.postgres.statement.RowStatements;
import io.reconciler.world.World;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Records are found by what people know of them. */
class RecordSearchTest {

  private static final String SHOPS =
      """
      table: Shops
      base: appShops000000001
      postgres: {table: shops, key: number}
      fields:
        - {column: town, type: text, airtable_field: Town, conversion: text, owner: airtable}
      """;

  private final World world = World.shared();
  private RowReader rows;
  private String ada;
  private String plain;

  @BeforeEach
  void fill() {
    world.fresh();
    rows = new RowReader(world.jdbc());
    ada =
        world
            .leads()
            .create(
                Map.of("First Name", "Ada", "Last Name", "Ärger_100%", "Email", "Ada@Example.com"));
    plain = world.leads().create(Map.of("First Name", "Bob"));
    world.sync();
    world
        .jdbc()
        .sql(
            "create table shops (number integer primary key, airtable_record_id text unique, town text)")
        .update();
    world.jdbc().sql("insert into shops values (7, 'recShop0000000007', 'Graz 7')").update();
  }

  @AfterEach
  void drop() {
    world.jdbc().sql("drop table shops").update();
  }

  @ParameterizedTest
  @CsvSource({
    "ada",
    "ADA ä",
    "ärger",
    "ÄRGER",
    "_100%",
    "a@e",
    "ADA@EXAMPLE.COM",
  })
  void a_part_of_a_name_or_address_is_enough_however_it_is_written(String text) {
    assertThat(found(text)).containsExactly(ada);
  }

  @ParameterizedTest
  @CsvSource({"Ada Bob", "%%", "'''; drop table leads --'", "00000000-0000-0000-0000-000000000000"})
  void what_nobody_is_called_finds_nobody(String text) {
    assertThat(found(text)).isEmpty();
  }

  @Test
  void an_id_or_key_finds_its_own_and_nothing_else() {
    String key = world.lead(plain).get("id").toString();
    assertThat(found(plain)).containsExactly(plain);
    assertThat(found(key)).containsExactly(plain);
    assertThat(found(key.toUpperCase(java.util.Locale.ROOT))).containsExactly(plain);
  }

  @Test
  void a_key_may_be_a_number_which_is_a_part_of_a_name_as_well() {
    Mapping shops =
        MappingFile.read(
            "shops.yaml", new ByteArrayInputStream(SHOPS.getBytes(StandardCharsets.UTF_8)));
    assertThat(rows.search(shops, "7")).hasSize(1);
    assertThat(rows.search(shops, "8")).isEmpty();
    assertThat(rows.search(shops, "graz")).hasSize(1);
    assertThat(rows.search(shops, "99999999999999999999999")).isEmpty();
  }

  @Test
  void a_part_of_a_name_that_is_empty_leaves_no_gap() {
    String statement =
        new RowStatements(world.mapping())
            .holding(List.of("first_name", "company", "last_name"), Optional.empty(), false, 9)
            .orElseThrow();
    for (String company : List.of("", "  ")) {
      world.jdbc().sql("update leads set company = ?").param(company).update();
      assertThat(world.jdbc().sql(statement).param("text", "ada är").query(String.class).list())
          .hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "uuid, 4BC7F0E4-9a1e-4a6b-8f7e-0123456789ab, true",
        "uuid, 1-1-1-1-1, none",
        "int8, 12, true",
        "int2, 12x, none",
        "text, 12x, true",
        "numeric, 12, false"
      })
  void what_cannot_be_a_key_is_not_looked_for(String type, String text, Boolean typed) {
    assertThat(SearchedKey.of(type, text).map(SearchedKey::typed).orElse(null)).isEqualTo(typed);
  }

  private List<String> found(String text) {
    return rows.search(world.mapping(), text).stream()
        .map(row -> row.path("airtable_record_id"))
        .map(JsonNode::asText)
        .toList();
  }
}
