package io.reconciler.engine.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.engine.run.RunResult;
import io.reconciler.sandbox.Fault;
import io.reconciler.sandbox.table.SandboxField;
import io.reconciler.world.WorldTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is said of a select that refuses an option: those that it has at that moment. */
class RefusedOptionTest extends WorldTest {

  private static final Duration LONG_AGO = Duration.ofHours(5);

  @Test
  void the_options_that_are_named_are_those_of_the_moment() {
    String id = select("open", "closed");
    options("open", "closed", "sold", "lost");
    world.sandbox().clearLogs();
    world.portalEdit(id, GRACE_OVER, Map.of("notes", "sharp"));

    RunResult result = sync();

    assertThat(reason())
        .contains("sharp")
        .endsWith("the options of \"Notes\" are \"open\", \"closed\", \"sold\", \"lost\"");
    assertThat(result.stage2().errors()).singleElement().asString().contains(id, reason());
    assertThat(cell(id, "Notes")).isEqualTo("open");
    assertThat(world.lead(id)).containsEntry("notes", "sharp");
  }

  @Test
  void a_refused_value_is_not_named_as_an_option_that_is_gone() {
    String id = select("open", "closed");
    options("open", "sold");
    world.portalEdit(id, GRACE_OVER, Map.of("notes", "closed"));

    sync();

    assertThat(reason()).endsWith("the options of \"Notes\" are \"open\", \"sold\"");
    assertThat(cell(id, "Notes")).isEqualTo("open");
    assertThat(world.lead(id)).containsEntry("notes", "closed");
  }

  @Test
  void an_option_that_has_come_meanwhile_is_not_named_as_what_would_be_taken() {
    String id = select("open", "closed");
    world.portalEdit(id, GRACE_OVER, Map.of("notes", "sold"));
    world
        .sandbox()
        .onRequest(
            request -> {
              if (request.path().contains("/meta/")) {
                options("open", "sold");
              }
              return false;
            },
            Fault.unavailable());

    sync();

    assertThat(reason()).doesNotContain("the options of");
    assertThat(cell(id, "Notes")).isEqualTo("open");
    assertThat(world.lead(id)).containsEntry("notes", "sold");
  }

  @Test
  void they_are_asked_for_once_a_run_however_many_are_refused() {
    List<String> ids = selects(12, "open", "closed");
    options("open", "sold");
    ids.forEach(id -> world.portalEdit(id, GRACE_OVER, Map.of("notes", "no " + id)));
    world.sandbox().clearLogs();

    RunResult result = sync();

    assertThat(result.stage2().errors())
        .hasSize(12)
        .allMatch(error -> error.endsWith("the options of \"Notes\" are \"open\", \"sold\""));
    assertThat(world.sandbox().requests())
        .filteredOn(request -> request.path().contains("/meta/"))
        .hasSize(1);
    ids.forEach(id -> assertThat(cell(id, "Notes")).isEqualTo("open"));
  }

  @Test
  void without_the_metadata_no_option_is_named_and_the_dead_letter_is_kept() {
    String id = select("open", "closed");
    world
        .sandbox()
        .onRequest(
            request -> request.path().contains("/meta/"),
            Fault.answer(403, "{\"error\":{\"type\":\"NOT_AUTHORIZED\"}}").always());
    world.portalEdit(id, GRACE_OVER, Map.of("notes", "sharp"));

    assertThat(sync().stage2().errorCount()).isEqualTo(1);

    assertThat(reason()).contains("sharp").doesNotContain("the options of");
    assertThat(world.lead(id)).containsEntry("notes", "sharp");
    assertThat(cell(id, "Notes")).isEqualTo("open");
  }

  private void options(String... options) {
    leads.changeField(SandboxField.select("Notes", options));
  }

  private String select(String... options) {
    return selects(1, options).get(0);
  }

  /** Records with the first of these options in both sides, known to a run. */
  private List<String> selects(int count, String... options) {
    leads.changeField(SandboxField.select("Notes", options));
    List<String> ids =
        IntStream.rangeClosed(1, count)
            .mapToObj(n -> leads.create(Map.of("First Name", "A" + n, "Notes", options[0])))
            .toList();
    fullSync();
    ids.forEach(id -> leads.setModified(id, Instant.now().minus(LONG_AGO)));
    world.sandbox().clearLogs();
    return ids;
  }

  private String reason() {
    return text("select reason from reconciler.dead_letter where status = 'open'");
  }
}
