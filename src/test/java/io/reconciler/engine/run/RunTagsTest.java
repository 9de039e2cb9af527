package io.reconciler.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.reconciler.world.SideBySide;
import io.reconciler.world.WorldTest;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** The run that a log line names, where updates went to Airtable side by side. */
@SideBySide(SideBySide.Lane.COMMANDS)
class RunTagsTest extends WorldTest {

  private final Logger runs = (Logger) LoggerFactory.getLogger(ActiveRuns.class);
  private final ListAppender<ILoggingEvent> log =
      new ListAppender<>() {
        @Override
        protected void append(ILoggingEvent event) {
          // On the thread that logs: else the tags are those of the thread that looks.
          event.prepareForDeferredProcessing();
          super.append(event);
        }
      };

  @BeforeEach
  void listen() {
    log.start();
    runs.setLevel(Level.INFO);
    runs.addAppender(log);
  }

  @AfterEach
  void stopListening() {
    runs.detachAppender(log);
    runs.setLevel(null);
  }

  @Test
  void the_last_line_of_a_run_names_it_and_no_line_after_it_does() {
    List<String> ids = reconciled(45);
    ids.forEach(id -> claim(id, ALICE, GRACE_OVER));

    RunResult result = sync();

    assertThat(result.stage2().updated()).isEqualTo(45);
    assertThat(log.list)
        .filteredOn(event -> event.getFormattedMessage().contains(result.runId().toString()))
        .singleElement()
        .satisfies(
            event ->
                assertThat(event.getMDCPropertyMap())
                    .containsEntry("run", result.runId().toString())
                    .containsEntry("client", result.baseId()));
    assertThat(MDC.get("run")).isNull();
    assertThat(MDC.get("client")).isNull();
    ids.forEach(id -> assertThat(cell(id, "Claimed By")).isEqualTo(ALICE.toString()));
    assertThat(world.sides().differences()).isEmpty();
  }
}
