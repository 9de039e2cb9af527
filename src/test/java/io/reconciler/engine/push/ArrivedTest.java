package io.reconciler.engine.push;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.reconciler.decide.ConflictPolicy;
import io.reconciler.decide.GroupValues;
import io.reconciler.engine.apply.plan.IncomingRecord;
import io.reconciler.side.airtable.AirtableException;
import io.reconciler.side.airtable.AirtableRecord;
import io.reconciler.side.mapping.Conversion;
import io.reconciler.side.mapping.FieldGroup;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Owner;
import io.reconciler.side.mapping.PgType;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of an answer that shows the value before is a form of what was sent. */
class ArrivedTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest(name = "{1} sent over {0}, shown as before: {2}")
  @CsvSource({
    "3.14, 3.141, true",
    "3.14, 3.145, false",
    "3, 3.4, true",
    "3, 3.5, false",
    "100, 149, false",
    "100, 100.2, true",
    "0, 12, false",
    "12, 0, false"
  })
  void a_number_that_is_only_rounded_has_arrived(
      BigDecimal before, BigDecimal sent, boolean arrived) {
    assertThat(hasArrived(field("numeric", Conversion.Kind.NUMBER), before, sent))
        .isEqualTo(arrived);
  }

  @ParameterizedTest(name = "\"{1}\" sent over \"{0}\", shown as before: {2}")
  @CsvSource(
      ignoreLeadingAndTrailingWhitespace = false,
      value = {"ada,ada ,true", "ada, ada,true", "ada,Ada,false", "ada,a da,false"})
  void a_text_that_is_only_trimmed_has_arrived(String before, String sent, boolean arrived) {
    assertThat(hasArrived(field("text", Conversion.Kind.TEXT), before, sent)).isEqualTo(arrived);
  }

  @ParameterizedTest(name = "\"{2}\" sent over \"{1}\" of a {0}, shown as before: {3}")
  @CsvSource({
    "phoneNumber, (555) 123-4567, 5551234567, true",
    "phoneNumber, (555) 123-4567, 5551234568, false",
    "singleSelect, High, high, true",
    "singleSelect, High, Higher, false",
    "multilineText, High, high, false"
  })
  void a_text_that_airtable_writes_its_own_way_has_arrived(
      String airtableType, String before, String sent, boolean arrived) {
    FieldMapping field = field("text", Conversion.Kind.TEXT, airtableType);
    assertThat(hasArrived(field, before, sent)).isEqualTo(arrived);
  }

  private static boolean hasArrived(FieldMapping field, Object before, Object sent) {
    FieldGroup group = new FieldGroup("g", ConflictPolicy.NEWEST, List.of(field));
    JsonNode cell = JSON.valueToTree(field.toCell(sent));
    Push push =
        new Push(
            "rec1",
            Instant.EPOCH,
            Map.of("g", Map.of("F", cell)),
            Map.of("g", GroupValues.of("c", field.normalise(sent))),
            Map.of("g", GroupValues.of("c", field.normalise(before))));
    JsonNode shown = JSON.valueToTree(field.toCell(before));
    AirtableRecord record = new AirtableRecord("rec1", Instant.EPOCH, Map.of("F", shown));
    IncomingRecord read =
        new IncomingRecord("rec1", Instant.EPOCH, Instant.EPOCH, Map.of("c", before), Map.of());
    try {
      new Arrived(push, record, read).ensure(List.of(group));
      return true;
    } catch (AirtableException.Rejected refusal) {
      assertThat(refusal).hasMessageContaining("\"F\" as it was before");
      return false;
    }
  }

  private static FieldMapping field(String type, Conversion.Kind kind) {
    return field(type, kind, null);
  }

  private static FieldMapping field(
      String type, Conversion.Kind kind, @Nullable String airtableType) {
    return new FieldMapping(
        "c",
        PgType.parse(type),
        false,
        null,
        "F",
        airtableType,
        new Conversion(kind, Map.of()),
        Owner.PORTAL,
        "g");
  }
}
