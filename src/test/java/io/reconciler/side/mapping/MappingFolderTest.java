package io.reconciler.side.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MappingFolderTest {

  private static final String COMPANIES =
      """
      table: Companies
      filter: "{Stage} != 'Draft'"
      postgres:
        table: crm.companies
        client: client_id
        updated_at: changed_at
      groups:
        - {name: owner, policy: portal}
      fields:
        - {column: name, type: text, airtable_field: Name, airtable_type: singleLineText, conversion: text, owner: airtable}
        - {column: owner, type: text, airtable_field: Owner, airtable_type: singleCollaborator, conversion: person, owner: portal, group: owner}
      """;
  private static final String ORDERS =
      """
      table: Orders
      postgres:
        client: client_id
      fields:
        - {column: total, type: "numeric(14,2)", airtable_field: Total, airtable_type: currency, conversion: number, owner: airtable}
        - {column: company_id, type: uuid, airtable_field: Company, airtable_type: multipleRecordLinks, conversion: link, to: companies, owner: airtable}
      """;

  @TempDir private Path folder;

  @Test
  void the_type_in_airtable_may_be_left_to_the_metadata() throws IOException {
    write("companies", COMPANIES.replaceAll(", airtable_type: \\w+", ""));

    Mapping companies = MappingFolder.read(folder).named("companies").orElseThrow();

    assertThat(companies.fields()).extracting(FieldMapping::airtableType).containsOnlyNulls();
    assertThat(companies.column("owner").toCell("ann@x.example"))
        .isEqualTo(Map.of("email", "ann@x.example"));
  }

  @Test
  void a_table_comes_after_those_it_points_at() throws IOException {
    write("a_orders", ORDERS);
    write("companies", COMPANIES);

    MappingSet set = MappingFolder.read(folder);

    assertThat(set.names()).containsExactly("companies", "a_orders");
    Mapping companies = set.named("companies").orElseThrow();
    assertThat(companies.filter()).isEqualTo("{Stage} != 'Draft'");
    assertThat(companies.postgres())
        .isEqualTo(
            new PostgresTable(
                "crm.companies", "id", "airtable_record_id", "client_id", null, "changed_at"));
    assertThat(companies.lastModifiedField()).isEmpty();
    assertThat(set.named("a_orders").orElseThrow().postgres().table()).isEqualTo("a_orders");
    assertThat(set.circular(companies)).isEmpty();
  }

  @Test
  void a_circle_of_links_begins_somewhere_and_gets_a_second_pass() throws IOException {
    write("companies", COMPANIES + field("main_order", "link, to: orders"));
    write("orders", ORDERS);

    MappingSet set = MappingFolder.read(folder);

    Mapping first = set.inOrder().get(0);
    Mapping second = set.inOrder().get(1);
    assertThat(set.circular(first)).hasSize(1);
    assertThat(set.circular(second)).isEmpty();
  }

  @Test
  void mistakes_across_files_name_file_line_and_way_out() throws IOException {
    write("companies", COMPANIES);
    write("orders", ORDERS.replace("to: companies", "to: company"));
    refused("orders.yaml:6: column \"company_id\" links to \"company\", and there is no such");

    write("orders", ORDERS.replace("postgres:\n", "postgres:\n  table: crm.companies\n"));
    refused("orders.yaml:3: the mapping companies is for the PostgreSQL table crm.companies too;");

    write("orders", ORDERS.replace("table: Orders", "table: Companies"));
    refused("orders.yaml:1: the mapping companies is for the Airtable table \"Companies\" too;");

    write("orders", ORDERS.replace("  client: client_id\n", "  key: id\n"));
    refused("orders.yaml:3: without a client column the table belongs to one base; add \"base\"");

    write("orders", "base: app12345678901234\n" + ORDERS);
    refused("orders.yaml:1: \"base\" is for tables without a client column");

    write("orders", ORDERS.replace("to: companies, ", ""));
    refused("orders.yaml:6: a link into a column of type uuid needs \"to\"");
  }

  @Test
  void a_group_needs_what_its_policy_compares() throws IOException {
    write("companies", COMPANIES.replace("policy: portal", "policy: newest"));
    refused("companies.yaml:8: policy newest needs the record's modification time;");

    write("companies", COMPANIES.replace("  updated_at: changed_at\n", ""));
    refused("companies.yaml:10: a field of owner portal needs the time of the row's last edit;");

    write("companies", COMPANIES + field("extra", "json").replace("text,", "jsonb,"));
    assertThat(MappingFolder.read(folder).names()).isEqualTo(List.of("companies"));
  }

  @Test
  void an_empty_folder_is_refused() {
    refused("the folder holds no file that ends in .yaml;");
  }

  private static String field(String column, String conversion) {
    String type = conversion.startsWith("link") ? "uuid" : "text";
    return ("  - {column: %s, type: %s, airtable_field: %s, airtable_type: multipleRecordLinks,"
            + " conversion: %s, owner: airtable}%n")
        .formatted(column, type, column, conversion);
  }

  @ParameterizedTest
  @ValueSource(strings = {"deals.yml", "deals.YAML", "deals.Yml"})
  void a_file_that_ends_nearly_like_a_mapping_is_refused_by_its_name(String name)
      throws IOException {
    write("companies", COMPANIES);
    Files.writeString(folder.resolve(name), COMPANIES.replace("Companies", "Deals"));

    refused(name + ":1: the name of a mapping's file ends in .yaml");
    refused("call this one deals.yaml, or move it out of the folder");
  }

  @Test
  void a_file_of_its_own_that_ends_nearly_like_a_mapping_is_told_its_ending() {
    assertThatThrownBy(() -> MappingFile.read("deals.yml", new StringReader(COMPANIES)))
        .isInstanceOf(InvalidMappingException.class)
        .hasMessageContaining("in small letters; call this one deals.yaml")
        .hasMessageNotContaining("folder");
  }

  @Test
  void what_is_no_mapping_may_lie_beside_them() throws IOException {
    write("companies", COMPANIES);
    Files.writeString(folder.resolve("tables.sql"), "select 1");
    Files.createDirectory(folder.resolve("old.yml"));

    assertThat(MappingFolder.read(folder).names()).containsExactly("companies");
  }

  private void write(String name, String yaml) throws IOException {
    Files.writeString(folder.resolve(name + ".yaml"), yaml);
  }

  private void refused(String problem) {
    assertThatThrownBy(() -> MappingFolder.read(folder))
        .isInstanceOf(InvalidMappingException.class)
        .hasMessageContaining(problem);
  }
}
