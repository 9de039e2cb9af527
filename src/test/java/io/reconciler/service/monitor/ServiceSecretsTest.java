package io.reconciler.service.monitor;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.read.ListAppender;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.reconciler.service.user.Role;
import io.reconciler.world.ServiceWorld;
import io.reconciler.world.World;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.ProducerTemplate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

/** What a service knows of secrets shows in nothing that it writes, whatever goes wrong. */
@Isolated("What is logged is its subject, and other classes log, too.")
class ServiceSecretsTest {

  private static final String WEBHOOK = "B0s3cretHook";
  private static final String MAIL = "m41lp4ss";
  private static final String TRACES = "tr4cek3y";
  private static final String TOKENS = ServiceWorld.SECRET;
  private static final String COOKIE = "c00kieJar";
  private static final String[] SECRETS = {WEBHOOK, MAIL, TRACES, TOKENS, World.TOKEN};

  private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Map<Logger, Level> levels = new HashMap<>();
  private @Nullable Appender<ILoggingEvent> console;
  private final WireMockServer webhook =
      new WireMockServer(WireMockConfiguration.options().dynamicPort());
  private final GreenMail mail = new GreenMail(ServerSetup.SMTP.dynamicPort());

  @BeforeEach
  void start() {
    webhook.start();
    mail.start();
    log.start();
  }

  @AfterEach
  void stop() {
    root.detachAppender(log);
    if (console != null) {
      root.addAppender(console);
    }
    levels.forEach(Logger::setLevel);
    webhook.stop();
    mail.stop();
  }

  @Test
  void in_verbose_logs_metrics_traces_health_and_ledgers() throws Exception {
    StringBuilder written = new StringBuilder();
    String token;
    try (Spans spans = new Spans()) {
      try (ServiceWorld service = open(spans)) {
        // The start of a service sets all levels anew.
        traceEverything();
        service.addUser("ann@example.com", Role.SUPER_ADMIN, null);
        play(service);
        Watched watched = new Watched(service);
        token = signIn(service);
        written.append(watched.scrape());
        written.append(watched.get("/actuator/health", "ann@example.com").body());
        written.append(ledgers(service.world()));
      }
      written.append(spans.everything());
    }
    // Threads that outlive the service go on writing.
    log.stop();
    String logged =
        log.list.stream().map(ServiceSecretsTest::text).collect(Collectors.joining("\n"));
    assertThat(logged)
        .contains("the webhook", "org.apache", "POST")
        .doesNotContain(SECRETS)
        .doesNotContain(token, token.substring(token.lastIndexOf('.')))
        .doesNotContain(ServiceWorld.PASSWORD, ServiceWorld.PASSWORD.replace(' ', '+'), "$2a$")
        .doesNotContain(COOKIE);
    // The loggers that were heard, at the least: those of the wire, the server and the database.
    assertThat(
            log.list.stream()
                .filter(e -> e.getLevel() == Level.TRACE || e.getLevel() == Level.DEBUG))
        .extracting(ILoggingEvent::getLoggerName)
        .anyMatch(name -> name.startsWith("org.apache.hc."))
        .anyMatch(name -> name.startsWith("org.apache.camel."))
        .anyMatch(name -> name.startsWith("org.springframework.security."));
    assertThat(written.toString())
        .contains("reconciler_runs_total", "\"db\"", "SocketTimeoutException", "GET Airtable")
        .doesNotContain(SECRETS);
  }

  // The console stays out of it: it would be flooded.
  private void traceEverything() {
    console = root.getAppender("STDERR");
    root.detachAppender("STDERR");
    root.addAppender(log);
    for (Logger logger : root.getLoggerContext().getLoggerList()) {
      if (logger.getLevel() != null) {
        levels.put(logger, logger.getLevel());
        logger.setLevel(Level.TRACE);
      }
    }
    // Half of all lines, and nothing of ours.
    for (String name : new String[] {"javax.management", "sun.rmi"}) {
      Logger logger = root.getLoggerContext().getLogger(name);
      levels.put(logger, Level.WARN);
      logger.setLevel(Level.OFF);
    }
  }

  private static String signIn(ServiceWorld service) {
    String token = service.token("ann@example.com");
    service.send("GET", "/api/leads", token, null);
    HttpRequest form =
        HttpRequest.newBuilder(service.uri("/login"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Cookie", "SESSION=" + COOKIE)
            .POST(
                BodyPublishers.ofString(
                    "email=ann%40example.com&password=" + ServiceWorld.PASSWORD.replace(' ', '+')))
            .build();
    service.send(form);
    return token;
  }

  private ServiceWorld open(Spans spans) {
    return ServiceWorld.open(
        Clock.systemUTC(),
        Map.of("reconciler.notices.answer-timeout-ms", 2_000),
        Map.of(
            "RECONCILER_NOTICE_WEBHOOK_URL",
            webhook.baseUrl() + "/services/" + WEBHOOK,
            "RECONCILER_NOTICE_EMAIL_TO",
            "ann@example.com",
            "RECONCILER_NOTICE_EMAIL_FROM",
            "reconciler@example.com",
            // It wants TLS for a login, which this server does not have: every mail fails.
            "RECONCILER_SMTP_URL",
            "smtp://bo:" + MAIL + "@127.0.0.1:" + mail.getSmtp().getPort(),
            "RECONCILER_JWT_SECRET",
            TOKENS,
            "OTEL_EXPORTER_OTLP_ENDPOINT",
            spans.endpoint(),
            "OTEL_EXPORTER_OTLP_HEADERS",
            "api-key=" + TRACES));
  }

  // A run that goes well, one that fails, and notices of it that nobody takes.
  private void play(ServiceWorld service) {
    World world = service.world();
    Watched watched = new Watched(service);
    world.leads().create(Map.of("First Name", "Ada"));
    watched.run();
    world.sandbox().base(world.baseId()).setQuotaExhausted(true);
    watched.run();
    for (var answer :
        new com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder[] {
          aResponse().withStatus(404).withBody("no such hook"),
          aResponse().withStatus(302).withHeader("Location", "/elsewhere"),
          aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER),
          aResponse().withStatus(200).withFixedDelay(20_000)
        }) {
      webhook.stubFor(post(anyUrl()).willReturn(answer));
      world.jdbc().sql("update reconciler.notice set next_attempt_at = now()").update();
      service
          .service()
          .context()
          .getBean(ProducerTemplate.class)
          .requestBody("direct:notices", (Object) null);
    }
    assertThat(world.count("select count(*) from reconciler.notice where status = 'waiting'"))
        .isEqualTo(2);
  }

  private static String ledgers(World world) {
    StringBuilder rows = new StringBuilder();
    for (String table : new String[] {"run", "notice", "notice_state", "dead_letter", "conflict"}) {
      rows.append(world.jdbc().sql("select * from reconciler." + table).query().listOfRows());
    }
    return rows.toString();
  }

  private static String text(ILoggingEvent event) {
    return event.getFormattedMessage()
        + event.getMDCPropertyMap()
        + (event.getThrowableProxy() == null
            ? ""
            : ThrowableProxyUtil.asString(event.getThrowableProxy()));
  }
}
