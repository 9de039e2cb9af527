package io.reconciler.sandbox.formula;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompiledFormulaTest {

  private static final Map<String, String> FIELDS =
      Map.of(
          "Name", "fldName0000000001",
          "Score", "fldScore000000001",
          "Done", "fldDone0000000001",
          "Empty", "fldEmpty000000001",
          "When", "fldWhen0000000001",
          "odd } name", "fldOdd00000000001");

  private static final Map<String, Object> CELLS =
      Map.of(
          "fldName0000000001",
          "Ada 'n' \"Co\"",
          "fldScore000000001",
          7.0,
          "fldDone0000000001",
          true,
          "fldWhen0000000001",
          Instant.parse("2026-03-04T05:06:07.089Z"),
          "fldOdd00000000001",
          "odd");

  private static final FormulaRecord RECORD =
      new FormulaRecord() {
        @Override
        public String id() {
          return "recAAAAAAAAAAAAAA";
        }

        @Override
        public Instant now() {
          return Instant.parse("2026-03-05T00:00:00Z");
        }

        @Override
        public Instant created() {
          return Instant.parse("2026-03-01T00:00:00Z");
        }

        @Override
        public Instant modified(List<String> fieldIds) {
          return Instant.parse(
              fieldIds.contains("fldName0000000001")
                  ? "2026-03-02T00:00:00Z"
                  : "2026-03-04T12:00:00Z");
        }

        @Override
        public @Nullable Object value(String fieldId) {
          return CELLS.get(fieldId);
        }
      };

  private static CompiledFormula compile(String text) {
    return CompiledFormula.compile(
        text, name -> FIELDS.containsValue(name) ? name : FIELDS.getOrDefault(name, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "'x'",
        "-1",
        "NOW()",
        "TRUE()",
        "NOT(FALSE())",
        "not(blank())",
        "AND(1, 'a', TRUE())",
        "OR(0, '', {Score})",
        "XOR(1, 1, 1)",
        "IF(0, 0, 5)",
        "IF({Done}, 1)",
        "SWITCH({Score}, 1, 0, 7, 1, 0)",
        "SWITCH({Score}, 1, 0, 'other')",
        "1 + 2 * 3 = 7",
        "(1 + 2) * 3 = 9",
        "10 - 2 - 3 = 5",
        "8 / 2 / 2 = 2",
        "--2 = 2",
        "1 + 1 & 'a' = '2a'",
        "'a' & 1.5 = 'a1.5'",
        "{Score} >= 7",
        "{Score} <= 7",
        "{Score} != 8",
        "{Score} < 10",
        "'B' > 'A'",
        "{Done}=TRUE()",
        "{Done}=1",
        "{Empty}=BLANK()",
        "{Empty}=''",
        "{Empty}=0",
        "{Name}='Ada \\'n\\' \"Co\"'",
        "{Name}=\"Ada 'n' \\\"Co\\\"\"",
        "LEN('a\\nb')=3",
        "{odd \\} name}='odd'",
        "fldScore000000001=7",
        "{fldScore000000001}=7",
        "Score = 7",
        "RECORD_ID()='recAAAAAAAAAAAAAA'",
        "CREATED_TIME()='2026-03-01T00:00:00.000Z'",
        "LAST_MODIFIED_TIME()>CREATED_TIME()",
        "LAST_MODIFIED_TIME({Name})='2026-03-02T00:00:00Z'",
        "IS_AFTER({When},'2026-03-04T05:06:07.088Z')",
        "IS_AFTER({When},'2026-03-04')",
        "IS_BEFORE({When},'2026-03-04T06:06:07.090+01:00')=1",
        "IS_SAME({When},'2026-03-04T05:06:07Z','second')",
        "IS_SAME({When},'2026-03-04','day')",
        "IS_SAME({When},'2026-03-30','month')",
        "IS_AFTER({When},DATETIME_PARSE('1772600767088','x'))",
        "DATETIME_PARSE('2026-03-04 05:06:07','YYYY-MM-DD HH:mm:ss')='2026-03-04T05:06:07.000Z'",
        "DATETIME_PARSE('04/03/2026','DD/MM/YYYY')='2026-03-04'",
        "DATETIME_DIFF(NOW(),'2026-03-04T23:59:00Z')=60",
        "DATETIME_DIFF(NOW(),CREATED_TIME(),'days')=4",
        "DATEADD(NOW(),-1,'hours')='2026-03-04T23:00:00Z'",
        "FIND('2026-03-04',{When})=1",
        "FIND('n', {Name}) = 6",
        "FIND('zzz', {Name}) = 0",
        "SEARCH('ADA', {Name}) = 1",
        "SEARCH('zzz', {Name}) = BLANK()",
        "LOWER('ÀB') & UPPER('c') = 'àbC'",
        "VALUE('1,234.5') = 1234.5",
        "1 / 0"
      })
  void a_record_is_listed_when_the_formula_is_true_for_it(String formula) {
    assertThat(compile(formula).matches(RECORD)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "''",
        "BLANK()",
        "FALSE()",
        "{Empty}",
        "0/0",
        "IF(0, 1)",
        "VALUE('none')",
        "'a' * 2",
        "{Name} = 7",
        "7 = '7'",
        "{Done} = FALSE()",
        "AND({Done}, VALUE('none'))",
        "IS_AFTER({When},{When})",
        "IS_BEFORE({When},{When})",
        "IS_AFTER({Empty},'2026-01-01')",
        "IS_AFTER({When},'no date')",
        "{Empty} = {When}",
        "DATETIME_PARSE('junk')",
        "DATETIME_PARSE('junk','YYYY-MM-DD')"
      })
  void a_record_is_left_out_for_false_zero_blank_and_errors(String formula) {
    assertThat(compile(formula).matches(RECORD)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "(", "1 +", "AND(1", "1 2", "{Name", "'open", "“Ada”", "1..2", "NOT()", "IF(1)", "@",
        ")"
      })
  void a_malformed_formula_is_refused(String formula) {
    assertThatThrownBy(() -> compile(formula))
        .isInstanceOf(FormulaException.class)
        .hasMessage("Invalid formula. Please check your formula text.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "AND({FirstName}, LastName) | Unknown field names: firstname, lastname",
        "BAD({Name}) | Unknown function names: bad",
        "fldNone0000000001 | Unknown field names: fldnone0000000001"
      })
  void unknown_names_are_reported_in_lower_case(String formula, String message) {
    assertThatThrownBy(() -> compile(formula)).hasMessage(message);
  }

  @Test
  void nesting_beyond_reason_is_refused_instead_of_breaking_the_server() {
    assertThatThrownBy(() -> compile("(".repeat(100_000) + "1"))
        .isInstanceOf(FormulaException.class);
  }
}
