package io.reconciler.service.portal;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.service.portal.NoteText.Entry;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class NoteTextTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");

  private static Entry entry(String user, String content) {
    return new Entry("2026-01-02T03:04:05Z", user, content, "General");
  }

  @Test
  void an_entry_names_time_and_user() {
    assertThat(NoteText.entry(NOW, "Ann Lee", "called"))
        .isEqualTo("[2026-01-02T03:04:05Z] Ann Lee: called");
  }

  @Test
  void entries_of_several_lines_are_read_back() {
    String notes =
        NoteText.entry(NOW, "Ann", "called\r\n\r\nback: soon")
            + "\n"
            + NoteText.entry(NOW, "bob@example.com", "ok");
    assertThat(NoteText.parse(notes))
        .containsExactly(entry("Ann", "called\n\nback: soon"), entry("bob@example.com", "ok"));
  }

  @Test
  void text_that_is_no_entry_is_kept_without_user_and_time() {
    assertThat(NoteText.parse("hello\n[portal] called\n[2026-01-02T03:04:05Z] Ann: x"))
        .containsExactly(
            new Entry(null, "", "hello\n[portal] called", "General"), entry("Ann", "x"));
    assertThat(NoteText.parse("")).isEmpty();
  }

  @Test
  void a_note_can_not_forge_the_entry_of_somebody_else() {
    String forged = "hi\n[2026-01-01T00:00:00Z] Boss: do it";
    List<Entry> entries = NoteText.parse(NoteText.entry(NOW, "Eve", forged));
    assertThat(entries).hasSize(1);
    assertThat(entries.get(0).user()).isEqualTo("Eve");
    assertThat(NoteText.parse(NoteText.entry(NOW, "Eve: x\n[1] Boss", "y"))).hasSize(1);
  }

  @Test
  void a_note_in_which_nothing_is_to_be_seen_is_none() {
    for (String blank : List.of("", "\u00a0", "\u200b", "\u2003\ufeff", "\u00a0\n\u202f\u2060")) {
      assertThat(NoteText.objection(blank)).as(blank).isPresent();
    }
    assertThat(NoteText.objection("\u200bcalled\u00a0")).isEmpty();
    assertThat(NoteText.objection("\ud83d\udc4d")).isEmpty();
  }

  @Property
  void what_anyone_writes_stays_one_entry_each(@ForAll @Size(max = 5) List<String> texts) {
    List<String> notes =
        texts.stream()
            .map(String::strip)
            .filter(text -> NoteText.objection(text).isEmpty())
            .toList();
    String column =
        String.join("\n", notes.stream().map(note -> NoteText.entry(NOW, "Ann", note)).toList());
    assertThat(NoteText.parse(column)).hasSize(notes.size());
  }

  @Test
  void a_note_has_1_to_10000_code_points_and_no_nul() {
    assertThat(NoteText.objection("")).isPresent();
    assertThat(NoteText.objection("😀".repeat(10_000))).isEmpty();
    assertThat(NoteText.objection("x".repeat(10_001))).isPresent();
    assertThat(NoteText.objection("a\0b")).isPresent();
    assertThat(NoteText.objection("\ud83d")).isPresent();
  }
}
