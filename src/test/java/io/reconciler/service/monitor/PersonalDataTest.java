package io.reconciler.service.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import io.reconciler.sandbox.Fault;
import io.reconciler.world.LedgerEdits;
import io.reconciler.world.ServiceWorld;
import io.reconciler.world.World;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

/** Whatever goes wrong with a lead, nothing of what is in it is logged. */
@Isolated("What is logged is its subject, and other classes log, too.")
class PersonalDataTest {

  private static final String[] SECRETS = {"Zebulon", "Quackenbush", "zq@example", "555-0199"};

  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final Logger own = (Logger) LoggerFactory.getLogger("io.reconciler");
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private ServiceWorld service;
  private World world;
  private Watched watched;
  private Level rootBefore;
  private Level ownBefore;

  @BeforeEach
  void listen() {
    service = ServiceWorld.shared();
    world = service.world();
    watched = new Watched(service);
    rootBefore = root.getLevel();
    ownBefore = own.getLevel();
    root.setLevel(Level.INFO);
    own.setLevel(Level.INFO);
    log.start();
    root.addAppender(log);
  }

  @AfterEach
  void stopListening() {
    root.detachAppender(log);
    root.setLevel(rootBefore);
    own.setLevel(ownBefore);
    world.jdbc().sql("alter table leads drop constraint if exists refuses").update();
  }

  private String lead() {
    return world
        .leads()
        .create(
            Map.of(
                "First Name", "Zebulon",
                "Last Name", "Quackenbush",
                "Email", "zq@example.com",
                "Phone", "555-0199"));
  }

  private void nothingIsLogged() {
    String logged =
        log.list.stream()
            // The test's PostgreSQL is a child of this process; its log is its own.
            .filter(event -> !event.getLoggerName().contains("zonky"))
            .map(
                event ->
                    event.getFormattedMessage()
                        + event.getMDCPropertyMap()
                        + (event.getThrowableProxy() == null
                            ? ""
                            : ThrowableProxyUtil.asString(event.getThrowableProxy())))
            .collect(Collectors.joining("\n"));
    assertThat(logged).contains("run ").doesNotContain(SECRETS);
  }

  @Test
  void cells_that_fit_no_column_and_values_that_airtable_refuses() {
    String id = lead();
    watched.run();
    world.leads().update(id, Map.of("Claimed By", "Zebulon", "Phone", "555-0199".repeat(40)));
    new LedgerEdits(world).portalNote(id, "Quackenbush called");
    world
        .sandbox()
        .onRequest(
            request -> request.method().equals("PATCH"),
            Fault.answer(
                    422,
                    "{\"error\":{\"type\":\"INVALID_VALUE_FOR_COLUMN\",\"message\":\"Cannot parse"
                        + " value \\\"Quackenbush called\\\" for field Notes\"}}")
                .always());
    watched.run();

    assertThat(world.count("select count(*) from reconciler.dead_letter")).isPositive();
    nothingIsLogged();
  }

  @Test
  void rows_that_the_database_refuses() {
    String id = lead();
    world
        .jdbc()
        .sql("alter table leads add constraint refuses check (first_name <> 'Zebulon')")
        .update();
    watched.run();

    assertThat(world.lead(id)).containsEntry("first_name", "Unknown");
    nothingIsLogged();
    assertThat(world.jdbc().sql("select reason from reconciler.dead_letter").query().listOfRows())
        .singleElement()
        .asString()
        .contains("refuses")
        .doesNotContain(SECRETS);
  }

  @Test
  void runs_that_fail_and_conflicts_that_are_settled() {
    String id = lead();
    watched.run();
    new LedgerEdits(world).claimConflict(id, true);
    world.leads().update(id, Map.of("Notes", "Zebulon Quackenbush"));
    watched.run();
    world
        .sandbox()
        .onRequest(
            request -> true,
            Fault.answer(
                    403,
                    "{\"error\":{\"type\":\"INVALID_PERMISSIONS\",\"message\":\"not for you\"}}")
                .always());
    watched.run();

    assertThat(world.count("select count(*) from reconciler.run where outcome = 'failed'"))
        .isEqualTo(1);
    nothingIsLogged();
  }

  @Test
  void each_line_of_a_run_names_it_and_its_client_and_no_line_after_it() {
    lead();
    watched.run();
    LoggerFactory.getLogger("io.reconciler.test").info("afterwards");

    String run =
        world
            .jdbc()
            .sql("select cast(id as text) from reconciler.run")
            .query(String.class)
            .single();
    assertThat(log.list)
        .filteredOn(event -> event.getFormattedMessage().contains(world.baseId() + ": succeeded"))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.getLevel()).isEqualTo(Level.INFO);
              assertThat(event.getMDCPropertyMap())
                  .containsEntry("run", run)
                  .containsEntry("client", world.baseId());
            });
    assertThat(log.list)
        .filteredOn(event -> event.getFormattedMessage().equals("afterwards"))
        .singleElement()
        .satisfies(event -> assertThat(event.getMDCPropertyMap()).isEmpty());
  }
}
