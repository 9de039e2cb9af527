package io.reconciler.engine.check;

import static io.reconciler.engine.check.MetadataSamples.MAPPING;
import static io.reconciler.engine.check.MetadataSamples.field;
import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.side.airtable.TableSchema.Field;
import io.reconciler.side.mapping.Conversion;
import io.reconciler.side.mapping.Conversion.Kind;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Owner;
import io.reconciler.side.mapping.PgType;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldRulesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          first_name       | singleLineText       | {} | OK      | for first_name varchar(255)
          first_name       | number               | {} | OK      | for first_name varchar(255)
          first_name       | singleCollaborator   | {} | OK      | for first_name varchar(255)
          first_name       | formula              | {'result':{'type':'singleLineText'}} | OK | formula (singleLineText) for first_name
          first_name       | formula              | {'isValid':false,'result':{'type':'singleLineText'}} | WARNING | its formula is not valid
          first_name       | multipleSelects      | {} | FAILED  | its values do not convert
          first_name       | multipleRecordLinks  | {} | FAILED  | its values do not convert
          first_name       | checkbox             | {} | FAILED  | its values do not convert
          first_name       | hologram             | {} | WARNING | the type hologram is not known here
          icp_score        | number               | {'precision':0} | OK | for icp_score integer
          icp_score        | number               | {'precision':2} | WARNING | it shows 2 decimals
          icp_score        | count                | {} | OK      | for icp_score integer
          icp_score        | rollup               | {'result':{'type':'number'}} | OK | rollup (number)
          icp_score        | rollup               | {'result':{'type':'percent'}} | FAILED | its values do not convert
          icp_score        | singleLineText       | {} | FAILED  | its values do not convert
          sms_stop         | checkbox             | {} | OK      | for sms_stop boolean
          sms_stop         | singleSelect         | {} | FAILED  | its values do not convert
          booked_at        | dateTime             | {} | OK      | for booked_at timestamptz
          booked_at        | date                 | {} | WARNING | midnight UTC is taken
          booked_at        | singleLineText       | {} | WARNING | only ISO-8601 times convert
          booked_at        | number               | {} | FAILED  | its values do not convert
          kajabi_tags      | multipleSelects      | {} | OK      | for kajabi_tags text[]
          kajabi_tags      | number               | {} | FAILED  | its values do not convert
          engagement_level | singleSelect         | {'choices':[{'name':'Green'},{'name':'High'}]} | OK | for engagement_level
          engagement_level | singleSelect         | {'choices':[{'name':'Green'},{'name':'Blue'}]} | WARNING | the mapping knows no choice "Blue"
          claimed_by       | singleLineText       | {} | OK      | for claimed_by uuid
          claimed_by       | multilineText        | {} | OK      | for claimed_by uuid
          claimed_by       | formula              | {'result':{'type':'singleLineText'}} | FAILED | Airtable computes it
          claimed_by       | singleSelect         | {} | FAILED  | it does not take what the portal writes
          claimed_by       | singleCollaborator   | {} | FAILED  | its values do not convert
          claimed_at       | dateTime             | {} | OK      | for claimed_at timestamptz
          claimed_at       | date                 | {} | FAILED  | it does not take what the portal writes
          claimed_at       | lastModifiedTime     | {} | FAILED  | Airtable computes it
          notes            | multilineText        | {} | OK      | for notes text
          notes            | singleLineText       | {} | WARNING | line breaks may be lost
          notes            | richText             | {} | WARNING | Markdown
          notes            | singleSelect         | {} | WARNING | it takes its present options only
          notes            | number               | {} | FAILED  | it does not take what the portal writes
          """)
  void a_field_must_give_and_take_what_its_column_holds(
      String column, String type, String options, Status status, String text) {
    FieldMapping mapped = MAPPING.column(column);

    CheckLine line = check(mapped, field(mapped.airtableField(), type, options));

    assertThat(line.status()).as(line.text()).isEqualTo(status);
    assertThat(line.text()).startsWith(mapped.airtableField() + ": ").contains(text);
    assertThat(line.fix().isEmpty()).isEqualTo(status == Status.OK);
    if (status == Status.FAILED) {
      assertThat(line.fix()).contains("make it a " + mapped.airtableType());
    }
    assertThat(line.fix()).as("it is one already").doesNotContain("make it a " + type + " ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          text[] | options | singleLineText      | OK
          text[] | options | date                | OK
          text[] | options | multipleSelects     | OK
          text[] | options | multipleAttachments | FAILED
          text[] | person  | singleCollaborator  | OK
          text[] | link    | multipleRecordLinks | OK
          text   | text    | singleLineText      | OK
          jsonb  | json    | number              | OK
          """)
  void a_lookup_is_read_as_a_list_of_what_it_looks_up(
      String type, String conversion, String result, Status status) {
    FieldMapping mapped =
        new FieldMapping(
            "x",
            PgType.parse(type),
            false,
            null,
            "X",
            "multipleLookupValues",
            new Conversion(Kind.valueOf(conversion.toUpperCase(Locale.ROOT)), Map.of()),
            Owner.AIRTABLE,
            null);

    assertThat(
            check(
                    mapped,
                    field("X", "multipleLookupValues", "{'result':{'type':'" + result + "'}}"))
                .status())
        .isEqualTo(status);
  }

  @Test
  void a_rich_text_that_was_meant_to_be_one_is_advised_to_be_long_text() {
    FieldMapping mapped =
        new FieldMapping(
            "brief",
            PgType.parse("text"),
            false,
            null,
            "Brief",
            "richText",
            new Conversion(Kind.TEXT, Map.of()),
            Owner.PORTAL,
            "brief");

    CheckLine line = check(mapped, field("Brief", "richText", "{}"));

    assertThat(line.status()).isEqualTo(Status.WARNING);
    assertThat(line.fix()).startsWith("make it a multilineText in Airtable");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          engagement_level | singleSelect | {'choices':[{'name':'Blue'}]} | add them to the choices of the column engagement_level
          icp_score        | number       | {'precision':2}               | let it have whole numbers only
          notes            | singleSelect | {}                            | add the options that the portal writes
          first_name       | formula      | {'isValid':false,'result':{'type':'singleLineText'}} | correct the formula
          """)
  void what_is_advised_helps(String column, String type, String options, String fix) {
    FieldMapping mapped = MAPPING.column(column);

    CheckLine line = check(mapped, field(mapped.airtableField(), type, options));

    assertThat(line.status()).isEqualTo(Status.WARNING);
    assertThat(line.fix()).startsWith(fix).doesNotContain("make it a singleSelect");
  }

  private static CheckLine check(FieldMapping mapped, Field field) {
    return FieldRules.check(mapped, field, field.objection(mapped));
  }
}
