package io.reconciler.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {

  private static final List<String> THERE =
      List.of("airtable_record_id", "company_id", "name", "revenue", "type", "crm.companies");

  @ParameterizedTest
  @CsvSource({
    "nmae, name",
    "nam, name",
    "revenu, revenue",
    "RevenueUSD, revenue",
    "company, company_id",
    "comapnies, crm.companies",
    "record_id, airtable_record_id",
    "typ, type",
    "Name, name"
  })
  void a_wrong_name_means_the_nearest_one(String wrong, String meant) {
    assertThat(Nearest.of(wrong, THERE)).hasValue(meant);
    assertThat(Nearest.hint(wrong, THERE)).isEqualTo(" (did you mean \"" + meant + "\"?)");
  }

  @Test
  void where_none_is_near_those_there_are_are_named() {
    assertThat(Nearest.of("born", THERE)).isEmpty();
    assertThat(Nearest.of("", THERE)).isEmpty();
    assertThat(Nearest.of("?!", List.of("!?", ""))).isEmpty();
    assertThat(Nearest.meant("born", THERE)).isEmpty();
    assertThat(Nearest.hint("born", List.of())).isEmpty();
    assertThat(Nearest.hint("born", List.of("a", "b"))).isEqualTo("; there is \"a\", \"b\"");
  }

  @Test
  void many_names_are_cut_off_and_long_ones_too() {
    List<String> many = IntStream.range(0, 100).mapToObj(i -> "option " + i).toList();

    assertThat(Nearest.some(many)).startsWith("\"option 0\"").endsWith("\"option 11\" and 88 more");
    assertThat(Nearest.some(List.of("x".repeat(500)))).hasSizeLessThan(70).endsWith("…\"");
  }
}
