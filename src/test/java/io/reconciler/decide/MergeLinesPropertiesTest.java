package io.reconciler.decide;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class MergeLinesPropertiesTest {

  @Property
  void two_grown_texts_always_merge_and_keep_every_line_of_both(
      @ForAll("lines") List<String> base,
      @ForAll("lines") List<String> fromAirtable,
      @ForAll("lines") List<String> fromPortal,
      @ForAll("lines") List<String> onTop) {
    String airtable = text(onTop, base, fromAirtable);
    String portal = text(base, fromPortal);

    Optional<String> merged = MergeLines.merge(text(base), airtable, portal);

    assertThat(merged).isPresent();
    assertThat(merged.get().lines().toList())
        .containsAll(written(airtable))
        .containsAll(written(portal));
  }

  @Property
  void every_line_stands_as_often_as_on_the_side_that_has_it_most(
      @ForAll("lines") List<String> fromAirtable, @ForAll("lines") List<String> fromPortal) {
    String merged = MergeLines.merge(null, text(fromAirtable), text(fromPortal)).orElseThrow();

    for (String line : List.of("a", "b", "c")) {
      assertThat(count(merged, line))
          .isEqualTo(Math.max(count(text(fromAirtable), line), count(text(fromPortal), line)));
    }
  }

  @Property
  void one_grown_text_merges_to_the_lines_it_has(
      @ForAll("lines") List<String> base, @ForAll("lines") List<String> added) {
    String grown = text(base, added);

    assertThat(written(MergeLines.merge(text(base), grown, text(base)).orElseThrow()))
        .isEqualTo(written(grown));
    assertThat(written(MergeLines.merge(text(base), text(base), grown).orElseThrow()))
        .isEqualTo(written(grown));
  }

  @Property
  void a_removed_line_is_never_merged(@ForAll("lines") List<String> base) {
    String grown = text(base, List.of("unique"));

    assertThat(MergeLines.merge(grown, text(base), grown)).isEmpty();
    assertThat(MergeLines.merge(grown, grown, text(base))).isEmpty();
  }

  @Property
  void a_merge_of_any_texts_ends(
      @ForAll String base, @ForAll String airtable, @ForAll String portal) {
    Optional<String> merged = MergeLines.merge(base, airtable, portal);

    merged.ifPresent(text -> assertThat(written(text)).containsAll(written(base)));
  }

  @Provide
  Arbitrary<List<String>> lines() {
    return Arbitraries.of("a", "b", "c", "", " ").list().ofMaxSize(5);
  }

  @SafeVarargs
  private static String text(List<String>... parts) {
    List<String> lines = new ArrayList<>();
    for (List<String> part : parts) {
      lines.addAll(part);
    }
    return String.join("\n", lines);
  }

  /** The lines that say something. */
  private static List<String> written(String text) {
    return text.lines().filter(line -> !line.isBlank()).toList();
  }

  private static long count(String text, String line) {
    return text.lines().filter(line::equals).count();
  }
}
