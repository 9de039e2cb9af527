package io.reconciler.engine.check;

import static io.reconciler.engine.check.MetadataSamples.MAPPING;
import static io.reconciler.engine.check.MetadataSamples.field;
import static io.reconciler.engine.check.MetadataSamples.findings;
import static io.reconciler.engine.check.MetadataSamples.json;
import static io.reconciler.engine.check.MetadataSamples.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.side.airtable.TableSchema;
import io.reconciler.side.airtable.TableSchema.Field;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableRulesTest {

  private static final String MODIFIED = "Last Modified Time";

  @Test
  void the_expected_table_has_a_line_for_itself_and_for_each_field() {
    List<CheckLine> lines = new TableRules(MAPPING).fields(MetadataSamples.table(fields -> fields));

    assertThat(lines).hasSize(1 + 38 + 1).extracting(CheckLine::status).containsOnly(Status.OK);
  }

  @Test
  void a_renamed_field_is_recognised_by_its_similar_name() {
    Field renamed = field("Claimed by", "singleLineText", "{}");

    assertThat(findings(with("Claimed By", renamed)))
        .singleElement()
        .isEqualTo(
            new CheckLine(
                "field",
                Status.FAILED,
                "no field \"Claimed By\"; similar: \"Claimed by\"",
                "give the field that name in Airtable, or the column claimed_by its new name in"
                    + " the mapping"));
  }

  @Test
  void else_the_unmapped_fields_of_its_type_are_named() {
    Field owner = field("Owner", "singleLineText", "{}");
    Field score = field("Score", "number", "{}");

    assertThat(findings(with("Claimed By", owner, score)))
        .extracting(CheckLine::text)
        .containsExactly("no field \"Claimed By\"; of its type and not mapped: \"Owner\"");
  }

  @Test
  void a_removed_field_has_no_suggestions() {
    assertThat(findings(with("Notes")))
        .extracting(CheckLine::text)
        .containsExactly("no field \"Notes\"");
  }

  @Test
  void the_table_is_found_by_name_or_id() {
    List<TableSchema> tables =
        TableSchema.read(
                json(
                    "{'tables':[{'id':'tblA','name':'Deals','fields':[]},"
                        + "{'id':'tblB','name':'Leads','fields':[]}]}"))
            .orElseThrow();

    assertThat(new TableRules(MAPPING).find(tables)).map(TableSchema::id).contains("tblB");
    assertThat(new TableRules(MAPPING).missing(tables.subList(0, 1)).text())
        .isEqualTo("no table \"Leads\"; there is \"Deals\"");
    assertThat(new TableRules(MAPPING).missing(List.of()).text())
        .isEqualTo("no table \"Leads\"; it has no tables");
  }

  @Test
  void an_answer_without_tables_is_not_taken_for_an_empty_base() {
    assertThat(TableSchema.read(json("{'tables':[]}"))).contains(List.of());
    assertThat(TableSchema.read(json("{'error':'NOT_FOUND'}"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          lastModifiedTime | {'isValid':true,'referencedFieldIds':[],'result':{'type':'date'}} | FAILED | has no time of day
          lastModifiedTime | {'isValid':false,'result':{'type':'dateTime'}} | FAILED | Airtable calls it not valid
          dateTime         | {} | FAILED | does not tell when a record was modified
          createdTime      | {'result':{'type':'dateTime'}} | FAILED | does not tell when a record was modified
          formula          | {'isValid':true,'result':{'type':'dateTime'}} | WARNING | only LAST_MODIFIED_TIME() of all fields
          formula          | {'isValid':true,'result':{'type':'date'}} | FAILED | has no time of day
          """)
  void the_modification_time_must_be_one(String type, String options, Status status, String text) {
    List<CheckLine> findings = findings(with(MODIFIED, field(MODIFIED, type, options)));

    assertThat(findings).hasSize(1);
    assertThat(findings.get(0).status()).isEqualTo(status);
    assertThat(findings.get(0).text()).startsWith(MODIFIED + ": ").contains(text);
    assertThat(findings.get(0).fix()).isNotEmpty();
  }

  @Test
  void a_missing_modification_time_names_the_fields_that_would_do() {
    Field other = field("Changed", "lastModifiedTime", "{'result':{'type':'dateTime'}}");

    assertThat(findings(with(MODIFIED, other)))
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.status()).isEqualTo(Status.FAILED);
              assertThat(line.text())
                  .isEqualTo(
                      "no field \"Last Modified Time\"; of type lastModifiedTime: \"Changed\"");
              assertThat(line.fix()).startsWith("set AIRTABLE_LAST_MODIFIED_FIELD");
            });
    assertThat(findings(with(MODIFIED)))
        .extracting(CheckLine::text)
        .containsExactly("no field \"Last Modified Time\"");
  }

  @Test
  void fields_that_the_modification_time_does_not_watch_are_named_unless_computed() {
    TableSchema table =
        MetadataSamples.table(
            fields -> {
              fields.removeIf(f -> List.of(MODIFIED, "Title", "ICP Score").contains(f.name()));
              fields.add(field("ICP Score", "formula", "{'result':{'type':'number'}}"));
              String watched =
                  String.join(
                      "','",
                      fields.stream()
                          .filter(f -> !List.of("Notes", "ICP Score").contains(f.name()))
                          .map(Field::id)
                          .toList());
              fields.add(
                  field(
                      MODIFIED,
                      "lastModifiedTime",
                      "{'referencedFieldIds':['" + watched + "'],'result':{'type':'dateTime'}}"));
              return fields;
            });

    assertThat(findings(table))
        .filteredOn(line -> line.area().equals("field"))
        .singleElement()
        .satisfies(line -> assertThat(line.status()).isEqualTo(Status.WARNING))
        .satisfies(
            line ->
                assertThat(line.text())
                    .isEqualTo("Last Modified Time: it does not watch \"Notes\""));
  }

  @ParameterizedTest
  @CsvSource({
    "Claimed By, claimed_by, true",
    "Claimed By, Claimed By (portal), true",
    "Claimed By, Claimed Bye, true",
    "Last Modified Time, Last Modified, true",
    "Phone, Telephone, true",
    "Notes, Noets, false",
    "Email, Title, false",
    "Booked, Booked At, true",
    "Company, 会社, false",
    "A, B, false",
    "ÄÖ, !!, false"
  })
  void names_are_alike_when_one_may_be_the_other_renamed(String one, String other, boolean alike) {
    assertThat(Names.alike(one, other)).isEqualTo(alike);
    assertThat(Names.alike(other, one)).isEqualTo(alike);
  }
}
