package io.reconciler.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import io.reconciler.sandbox.Fault;
import io.reconciler.world.World;
import io.reconciler.world.WorldTest;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

/** The token is in no log line, no error text and no ledger, whatever goes wrong. */
@Isolated("What is logged is its subject, and other classes log, too.")
class SecretsTest extends WorldTest {

  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final Logger own = (Logger) LoggerFactory.getLogger("io.reconciler");
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private Level before;

  @BeforeEach
  void listen() {
    before = own.getLevel();
    own.setLevel(Level.TRACE);
    log.start();
    root.addAppender(log);
  }

  @AfterEach
  void stopListening() {
    own.setLevel(before);
    root.detachAppender(log);
  }

  @Test
  void the_token_shows_nowhere() {
    String id = reconciled(1).get(0);
    List<Fault> faults =
        List.of(
            Fault.answer(401, "{\"error\":{\"type\":\"AUTHENTICATION_REQUIRED\"}}"),
            Fault.answer(403, "{\"error\":{\"type\":\"INVALID_PERMISSIONS\"}}"),
            Fault.answer(422, "{\"error\":{\"type\":\"INVALID_REQUEST_UNKNOWN\"}}"),
            Fault.html(),
            Fault.dropBefore(),
            Fault.truncated(),
            Fault.unavailable());
    StringBuilder results = new StringBuilder();
    for (Fault fault : faults) {
      claim(id, ALICE, GRACE_OVER);
      world.sandbox().onRequest(request -> true, fault.always());
      results.append(world.sync());
      world.sandbox().clearFaults();
      world.sandbox().onRequest(r -> r.method().equals("PATCH"), fault.always());
      results.append(world.sync());
      world.sandbox().clearFaults();
    }

    String logged =
        log.list.stream()
            .map(
                event ->
                    event.getFormattedMessage()
                        + (event.getThrowableProxy() == null
                            ? ""
                            : ThrowableProxyUtil.asString(event.getThrowableProxy())))
            .collect(Collectors.joining("\n"));
    assertThat(logged).contains("401").doesNotContain(World.TOKEN, "Bearer");
    assertThat(results.toString()).contains("401").doesNotContain(World.TOKEN, "Bearer");
    assertThat(world.sides().database().toString())
        .contains("401")
        .doesNotContain(World.TOKEN, "Bearer");
  }
}
