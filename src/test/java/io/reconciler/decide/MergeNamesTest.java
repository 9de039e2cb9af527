package io.reconciler.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MergeNamesTest {

  @Test
  void labels_are_those_of_files_and_results() {
    assertThat(ConflictPolicy.values())
        .extracting(ConflictPolicy::label)
        .containsExactly("newest", "airtable", "portal", "merge-lines");
    assertThat(Granularity.values())
        .extracting(Granularity::label)
        .containsExactly("field", "record");
    assertThat(Winner.values())
        .extracting(Winner::label)
        .containsExactly("airtable", "portal", "merged");
  }

  @Test
  void a_label_finds_its_constant() {
    assertThat(ConflictPolicy.of("merge-lines")).isEqualTo(ConflictPolicy.MERGE_LINES);
    assertThat(Granularity.of("record")).isEqualTo(Granularity.RECORD);
  }

  @Test
  void an_unknown_label_is_refused_with_those_there_are() {
    assertThatThrownBy(() -> ConflictPolicy.of("NEWEST"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "unknown conflict policy \"NEWEST\"; use one of newest, airtable, portal, merge-lines");
    assertThatThrownBy(() -> Granularity.of("row"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("unknown conflict granularity \"row\"; use one of field, record");
  }
}
