package io.reconciler.decide;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GroupValuesTest {

  @Test
  void a_missing_column_equals_an_empty_one() {
    GroupValues missing = GroupValues.of("claimed_by", "Ann");
    GroupValues empty = GroupValues.of("claimed_by", "Ann", "claimed_at", null);

    assertThat(missing).isEqualTo(empty).hasSameHashCodeAs(empty);
    assertThat(empty).isEqualTo(missing);
  }

  @Test
  void different_values_and_different_columns_are_not_equal() {
    GroupValues ann = GroupValues.of("claimed_by", "Ann");

    assertThat(ann)
        .isNotEqualTo(GroupValues.of("claimed_by", "Bob"))
        .isNotEqualTo(GroupValues.of("claimed_by", null))
        .isNotEqualTo(GroupValues.of("notes", "Ann"));
  }

  @Test
  void a_changed_copy_leaves_the_original_alone() {
    GroupValues original = GroupValues.of("claimed_by", "Ann", "claimed_at", "Monday");

    GroupValues changed = original.with("claimed_by", null);

    assertThat(changed.get("claimed_by")).isNull();
    assertThat(changed.get("claimed_at")).isEqualTo("Monday");
    assertThat(original.get("claimed_by")).isEqualTo("Ann");
  }

  @Test
  void a_later_change_of_the_given_map_does_not_show() {
    Map<String, @Nullable Object> given = new HashMap<>();
    given.put("notes", "first");
    GroupValues values = new GroupValues(given);

    given.put("notes", "second");

    assertThat(values.get("notes")).isEqualTo("first");
  }

  @Test
  void one_bad_cell_makes_the_group_unconvertible() {
    GroupValues good = GroupValues.of("claimed_by", null, "claimed_at", "Monday");

    assertThat(good.convertible()).isTrue();
    assertThat(good.with("claimed_by", new Unconvertible("1", "is bad")).convertible()).isFalse();
  }

  @Test
  void bad_cells_are_equal_by_their_raw_text_only() {
    assertThat(new Unconvertible("1", "is bad"))
        .isEqualTo(new Unconvertible("1", "is worse"))
        .hasSameHashCodeAs(new Unconvertible("1", "is worse"))
        .isNotEqualTo(new Unconvertible("2", "is bad"));
  }

  @Test
  void a_link_to_what_has_no_record_yet_waits_and_another_bad_value_does_not() {
    Unconvertible link = new Unconvertible("{\"@waits\": [\"7\"]}", "its row has no record yet");
    Unconvertible text = new Unconvertible("\"many\"", "is not a number");

    assertThat(link.waits()).isTrue();
    assertThat(text.waits()).isFalse();
    assertThat(GroupValues.of("company", link).waits()).isTrue();
    assertThat(GroupValues.of("company", link, "notes", "a").waits()).isTrue();
    assertThat(GroupValues.of("company", text, "notes", "a").waits()).isFalse();
    assertThat(GroupValues.of("company", link, "notes", text).waits()).isFalse();
    assertThat(GroupValues.of("notes", "a").waits()).isFalse();
  }

  @Test
  void hashes_spread_what_is_not_equal() {
    assertThat(GroupValues.of("notes", "a"))
        .doesNotHaveSameHashCodeAs(GroupValues.of("notes", "b"));
    assertThat(new Unconvertible("a", "why"))
        .doesNotHaveSameHashCodeAs(new Unconvertible("b", "why"));
    assertThat(new Unconvertible("a", "why")).hasSameHashCodeAs(new Unconvertible("a", "or not"));
  }
}
