package io.reconciler.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.sandbox.Fault;
import io.reconciler.world.SideBySide;
import io.reconciler.world.WorldTest;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A portal that writes back a text which it read a while ago. */
@SideBySide(SideBySide.Lane.RUNS)
class StaleNotesTest extends WorldTest {

  private static final String LEDGER =
      "select string_agg(winner || ': ' || (agreed ->> 'notes'), ' | ' order by detected_at)"
          + " from reconciler.conflict";

  private String id;

  @BeforeEach
  void a_line_came_from_airtable() {
    id = leads.create(Map.of("First Name", "Ada", "Notes", "first"));
    sync();
    inAirtable("first\nopted out by phone");
    sync();
  }

  @Test
  void a_line_that_came_from_airtable_since_comes_back_and_stands_in_the_ledger() {
    portal("first\nportal line");

    RunResult result = sync();

    holds("first\nopted out by phone\nportal line");
    assertThat(result.stage2().conflicts()).isEqualTo(1);
    assertThat(text(LEDGER)).isEqualTo("merged: first\nopted out by phone");
    assertThat(sync().airtableRequests()).isEqualTo(1);
  }

  @Test
  void the_same_text_written_again_erases_nothing_either() {
    portal("first\nportal line");
    sync();
    portal("first\nportal line");
    sync();
    world.age(Duration.ofMinutes(3));
    portal("first\nportal line\nand another");

    sync();

    holds("first\nopted out by phone\nportal line\nand another");
  }

  @Test
  void lines_that_the_portal_had_can_be_taken_away_and_the_ledger_keeps_the_text() {
    portal("first\nopted out by phone\nmine");
    sync();
    portal("first\nmine");

    RunResult result = sync();

    holds("first\nmine");
    assertThat(result.stage2().conflicts()).isEqualTo(1);
    assertThat(text(LEDGER)).isEqualTo("portal: first\nopted out by phone\nmine");
    assertThat(sync().stage2().conflicts()).isZero();
  }

  @Test
  void lines_that_airtable_took_away_since_go_back_and_the_ledger_tells_of_it() {
    portal("first\nopted out by phone\nmine");
    sync();
    inAirtable("first");
    sync();
    portal("first\nopted out by phone\nmine\nanother");

    RunResult result = sync();

    holds("first\nopted out by phone\nmine\nanother");
    assertThat(result.stage2().conflicts()).isEqualTo(1);
    assertThat(text(LEDGER)).isEqualTo("portal: first");
    portal("first\nopted out by phone\nmine\nanother\nand more");
    assertThat(sync().stage2().conflicts()).isZero();
  }

  @Test
  void a_line_that_airtable_has_not_got_yet_was_never_taken_away() {
    world
        .sandbox()
        .onRequest(request -> request.method().equals("PATCH"), Fault.unavailable().times(20));
    portal("first\nopted out by phone\nmine");
    world.sync();
    world.sandbox().clearFaults();
    portal("first\nopted out by phone\nmine\nand another");

    sync();

    holds("first\nopted out by phone\nmine\nand another");
    assertThat(world.count("select count(*) from reconciler.conflict")).isZero();
  }

  @Test
  void a_removal_whose_push_is_refused_is_entered_once() {
    portal("first\nopted out by phone\nmine");
    sync();
    portal("first");
    world
        .sandbox()
        .onRequest(
            r -> r.method().equals("PATCH"),
            io.reconciler.sandbox.Fault.answer(422, "{\"error\":{\"type\":\"X\"}}").always());
    sync();
    world.sandbox().clearFaults();
    world.age(Duration.ofMinutes(61));

    sync();

    holds("first");
    assertThat(world.count("select count(*) from reconciler.conflict")).isEqualTo(1);
  }

  private void portal(String notes) {
    world.portalEdit(id, GRACE_OVER, Map.of("notes", notes));
  }

  private void inAirtable(String notes) {
    leads.update(id, Map.of("Notes", notes));
    leads.setModified(id, Instant.now().minusSeconds(120));
  }

  private void holds(String notes) {
    assertThat(cell(id, "Notes")).isEqualTo(notes);
    assertThat(world.lead(id)).containsEntry("notes", notes);
  }
}
