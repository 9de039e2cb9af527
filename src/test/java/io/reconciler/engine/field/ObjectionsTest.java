package io.reconciler.engine.field;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.reconciler.side.airtable.TableSchema.Field;
import io.reconciler.side.mapping.Conversion;
import io.reconciler.side.mapping.Conversion.Kind;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.MappingFile;
import io.reconciler.side.mapping.MappingSet;
import io.reconciler.side.mapping.Owner;
import io.reconciler.side.mapping.PgType;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What runs and check hold against a field, by the metadata alone. */
class ObjectionsTest {

  private static final Mapping COMPANIES =
      MappingFile.read(
          "companies.yaml",
          new ByteArrayInputStream(
              """
              table: Companies
              last_modified_field: Changed
              postgres: {client: client_id}
              fields:
                - {column: name, type: text, airtable_field: Name, airtable_type: singleLineText, conversion: text, owner: airtable}
              """
                  .getBytes(StandardCharsets.UTF_8)));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          tblA | A Companies           | {}                   | ''
          tblB | A Companies, B People | {}                   | it links to "People", the mapping says to: companies
          tblX | A Companies           | {}                   | it links to "tblX", the mapping says to: companies
          tblA | A Firms, B Companies  | {'Companies':'tblA'} | ''
          tblB | A Firms, B Companies  | {'Companies':'tblA'} | it links to "Companies", the mapping says to: companies
          tblB | B Companies           | {'Companies':'tblA'} | ''
          tblB | A Firms, B People     | {}                   | ''
          ''   | A Companies           | {}                   | ''
          """)
  void a_link_points_at_the_table_of_the_mapping_as_runs_know_it(
      String linked, String tables, String kept, String objection) {
    String schema = tables.replaceAll("(\\w) (\\w+)", "{'id':'tbl$1','name':'$2'}");

    Objections objections =
        Objections.in(json("{'tables':[" + schema + "]}"), MappingSet.of(COMPANIES), json(kept));

    assertThat(objections.to(link(), field("multipleRecordLinks", linked))).isEqualTo(objection);
  }

  @Test
  void what_airtable_computes_for_a_column_of_its_own_is_read_whatever_it_is_called() {
    Objections objections =
        Objections.in(json("{'tables':[]}"), MappingSet.of(COMPANIES), json("{}"));
    FieldMapping airtables = number(Owner.AIRTABLE);
    FieldMapping portals = number(Owner.PORTAL);

    assertThat(objections.isRead(airtables, field("formula", ""), true)).isTrue();
    assertThat(objections.isRead(airtables, field("singleLineText", ""), true)).isFalse();
    assertThat(objections.isRead(airtables, field("singleLineText", ""), false)).isTrue();
    assertThat(objections.isRead(airtables, field("hologram", ""), true)).isTrue();
    assertThat(objections.isRead(portals, field("formula", ""), false)).isFalse();
    assertThat(objections.isRead(portals, field("number", ""), true)).isTrue();
  }

  private static FieldMapping link() {
    return mapped(
        "bigint", new Conversion(Kind.LINK, Map.of(), "companies", false), Owner.AIRTABLE);
  }

  private static FieldMapping number(Owner owner) {
    return mapped("integer", new Conversion(Kind.INTEGER, Map.of()), owner);
  }

  private static FieldMapping mapped(String type, Conversion conversion, Owner owner) {
    String group = owner == Owner.PORTAL ? "x" : null;
    return new FieldMapping(
        "x", PgType.parse(type), false, null, "X", "number", conversion, owner, group);
  }

  private static Field field(String type, String linked) {
    return new Field("fldX", "X", type, json("{'linkedTableId':'" + linked + "'}"));
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }
}
