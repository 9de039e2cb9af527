package io.reconciler.service.notice;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.reconciler.program.boot.TestService;
import io.reconciler.sandbox.table.SandboxTable;
import io.reconciler.world.ServiceWorld;
import io.reconciler.world.SideBySide;
import io.reconciler.world.World;
import jakarta.mail.internet.MimeMessage;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.quartz.QuartzComponent;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.impl.matchers.GroupMatcher;

/** Notices of a real service, to a webhook and a mail server. */
@SideBySide
class NoticesTest {

  private static final String WEBHOOK = "/services/T0/B0/s3cret";
  private static final Map<String, Object> QUICK =
      Map.of("reconciler.notices.answer-timeout-ms", 4_000);

  private static WireMockServer webhook;
  private static GreenMail mail;
  private static com.icegreen.greenmail.user.GreenMailUser ann;
  private static ServiceWorld service;

  private World world;
  private SandboxTable leads;

  @BeforeAll
  static void start() {
    webhook = new WireMockServer(WireMockConfiguration.options().dynamicPort());
    webhook.start();
    mail = new GreenMail(ServerSetup.SMTP.dynamicPort());
    mail.start();
    ann = mail.setUser("ann@example.com", "ann", "secret");
    service =
        ServiceWorld.open(
            Clock.systemUTC(),
            QUICK,
            Map.of(
                "RECONCILER_NOTICE_WEBHOOK_URL", webhook.baseUrl() + WEBHOOK,
                "RECONCILER_NOTICE_EMAIL_TO", "ann@example.com,bo@example.com",
                "RECONCILER_NOTICE_EMAIL_FROM", "reconciler@example.com",
                "RECONCILER_SMTP_URL", "smtp://127.0.0.1:" + mail.getSmtp().getPort(),
                "RECONCILER_PUBLIC_URL", "https://reconciler.example.com"));
  }

  @AfterAll
  static void stop() {
    service.close();
    webhook.stop();
    mail.stop();
  }

  @BeforeEach
  void fresh() throws Exception {
    webhook.resetAll();
    answers(aResponse().withStatus(200));
    mail.purgeEmailFromAllMailboxes();
    world = service.world();
    leads = world.fresh();
  }

  @Test
  void a_client_that_fails_is_told_once_and_then_that_it_works_again() throws Exception {
    world.jdbc().sql("update clients set company_name = 'R&D <all>'").update();
    world.sandbox().base(world.baseId()).setQuotaExhausted(true);
    UUID run = world.sync().runId();
    look();
    world.sync();
    look();
    world.sandbox().base(world.baseId()).setQuotaExhausted(false);
    world.sync();
    look();
    look();

    assertThat(texts()).hasSize(2);
    assertThat(texts().get(0))
        .contains("R&amp;D &lt;all&gt; (" + world.baseId() + "): the sync is failing")
        .contains("Run " + run + ": Airtable's monthly API calls of this workspace are used up")
        .contains("reconciler runs show " + run + ", or https://reconciler.example.com")
        .contains("Do: mend what the failure names");
    assertThat(texts().get(1)).contains("the sync works again");
    assertThat(mails())
        .containsExactly(
            "Reconciler: R&D <all> (" + world.baseId() + "): the sync is failing",
            "Reconciler: R&D <all> (" + world.baseId() + "): the sync works again");
  }

  @Test
  void a_mail_goes_to_every_address_as_plain_text() throws Exception {
    world.sandbox().base(world.baseId()).setQuotaExhausted(true);
    world.sync();

    look();

    assertThat(mail.getReceivedMessages()).hasSize(2);
    MimeMessage message = mail.getReceivedMessages()[0];
    assertThat(message.getFrom()[0]).hasToString("reconciler@example.com");
    assertThat(message.getAllRecipients()).hasSize(2);
    assertThat(message.getContentType()).startsWith("text/plain");
    assertThat((String) message.getContent()).contains("the sync is failing", "Do: mend");
  }

  @Test
  void requests_of_a_month_that_will_not_do_are_told_once() throws Exception {
    world.addClient("appSecondBase0001");
    world
        .jdbc()
        .sql(
            "insert into reconciler.request_count values (?, date_trunc('month', now() at time zone"
                + " 'utc'), 99000)")
        .param(world.baseId())
        .update();

    look();
    look();

    assertThat(texts())
        .singleElement()
        .asString()
        .contains("the requests of this month will not do")
        .contains("99,000 of the plan's 100,000 requests of this month are used")
        .contains("Look: reconciler check", "RECONCILER_AIRTABLE_MONTHLY_QUOTA");
    assertThat(mails()).hasSize(1);
  }

  @Test
  void a_guard_that_stops_a_run_is_told() {
    List<String> ids = List.of(lead("Ada"), lead("Bea"), lead("Cleo"));
    world.fullSync();
    ids.forEach(leads::delete);
    assertThat(world.fullSync().success()).isFalse();

    look();
    world.run(
        new io.reconciler.engine.run.RunRequest(
            io.reconciler.engine.run.Trigger.CLI, "test", 20, null, true, false, true));
    look();

    assertThat(texts()).hasSize(2);
    assertThat(texts().get(0))
        .contains("a guard stopped the sync", "3 of 3 active leads", "sync --full --force");
    assertThat(texts().get(1)).contains("the sync works again");
  }

  @Test
  void dead_letters_are_told_at_most_once_an_hour_and_without_their_values() {
    leads.create(Map.of("First Name", "Ada", "Claimed By", "nobody-knows"));
    world.fullSync();
    look();
    leads.create(Map.of("First Name", "Bea", "Claimed By", "nobody-knows"));
    world.fullSync();
    look();
    assertThat(texts()).hasSize(1);
    world
        .jdbc()
        .sql("update reconciler.notice_state set dead_letters_told_at = now() - interval '1 hour'")
        .update();
    look();
    look();

    assertThat(texts()).hasSize(2);
    assertThat(texts().get(0))
        .contains("1 value or record can't be applied", "reconciler dead-letters list");
    assertThat(texts().get(1)).contains("2 values or records can't be applied");
    assertThat(texts()).allSatisfy(text -> assertThat(text).doesNotContain("nobody-knows", "Ada"));
  }

  @Test
  void two_instances_send_each_notice_once() {
    for (int i = 0; i < 10; i++) {
      world.sandbox().base(otherClient(i)).setQuotaExhausted(true);
    }
    world.runAll(world.request(20, false));
    try (TestService second =
        TestService.start(
            world.settings(), world.mapping(), world.database(), Clock.systemUTC(), QUICK)) {
      CompletableFuture.allOf(
              CompletableFuture.runAsync(() -> look(service.service())),
              CompletableFuture.runAsync(() -> look(second)))
          .join();
      look(second);
    }

    assertThat(texts()).hasSize(10).doesNotHaveDuplicates();
    assertThat(mails()).hasSize(10).doesNotHaveDuplicates();
  }

  @Test
  void a_notice_that_was_not_taken_is_sent_again_after_a_pause() {
    answers(aResponse().withStatus(500));
    fail();

    look();
    look();
    assertThat(texts()).hasSize(1);
    assertThat(state()).isEqualTo("waiting 1 the webhook answered 500");
    pauseIsOver();
    look();
    assertThat(state()).isEqualTo("waiting 2 the webhook answered 500");
    answers(aResponse().withStatus(200));
    pauseIsOver();
    look();
    pauseIsOver();
    look();

    assertThat(texts()).hasSize(3).containsOnly(texts().get(0));
    assertThat(state()).isEqualTo("sent 3 null");
    assertThat(mails()).hasSize(1);
  }

  @Test
  void a_webhook_that_never_works_is_given_up_and_that_is_kept() {
    answers(aResponse().withStatus(404));
    fail();
    for (int i = 0; i < Notices.ATTEMPTS + 2; i++) {
      pauseIsOver();
      look();
    }

    assertThat(texts()).hasSize(Notices.ATTEMPTS);
    assertThat(state()).isEqualTo("undelivered " + Notices.ATTEMPTS + " the webhook answered 404");
  }

  @Test
  void a_webhook_that_hangs_is_left_and_a_redirect_is_not_followed() {
    answers(aResponse().withStatus(200).withFixedDelay(20_000));
    fail();
    look();
    assertThat(state()).isEqualTo("waiting 1 SocketTimeoutException");

    answers(aResponse().withStatus(302).withHeader("Location", webhook.baseUrl() + "/elsewhere"));
    pauseIsOver();
    look();

    assertThat(state()).isEqualTo("waiting 2 the webhook answered 302");
    assertThat(
            webhook.findAll(
                com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor(anyUrl())))
        .extracting(LoggedRequest::getUrl)
        .containsOnly(WEBHOOK);
  }

  @Test
  void the_clock_starts_a_look() throws Exception {
    fail();
    CamelContext camel = service.service().context().getBean(CamelContext.class);
    Scheduler quartz = camel.getComponent("quartz", QuartzComponent.class).getScheduler();
    JobKey job =
        quartz.getJobKeys(GroupMatcher.anyJobGroup()).stream()
            .filter(key -> key.getName().equals("notice-clock"))
            .findFirst()
            .orElseThrow();

    quartz.triggerJob(job);

    await().until(() -> texts().size() == 1 && mails().size() == 1);
  }

  @Test
  void a_database_that_is_away_ends_no_look_with_an_error() {
    world.jdbc().sql("alter table reconciler.notice_state rename to hidden").update();
    try {
      look();
    } finally {
      world.jdbc().sql("alter table reconciler.hidden rename to notice_state").update();
    }
    fail();
    look();
    assertThat(texts()).hasSize(1);
  }

  private void fail() {
    world.sandbox().base(world.baseId()).setQuotaExhausted(true);
    world.sync();
  }

  private String lead(String name) {
    return leads.create(Map.of("First Name", name));
  }

  private String otherClient(int i) {
    String base = "appNotice%08d".formatted(i);
    world.addClient(base);
    world.addTable(base);
    return base;
  }

  private static void answers(ResponseDefinitionBuilder answer) {
    webhook.stubFor(post(anyUrl()).willReturn(answer));
  }

  private void look() {
    look(service.service());
  }

  private static void look(TestService service) {
    service.context().getBean(ProducerTemplate.class).requestBody("direct:notices", (Object) null);
  }

  private void pauseIsOver() {
    world.jdbc().sql("update reconciler.notice set next_attempt_at = now()").update();
  }

  /** What is known of the only notice for the webhook. */
  private String state() {
    return world
        .jdbc()
        .sql(
            "select concat_ws(' ', status, attempts, coalesce(failure, 'null'))"
                + " from reconciler.notice where channel = 'webhook'")
        .query(String.class)
        .single();
  }

  private static List<String> texts() {
    return webhook
        .findAll(com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor(anyUrl()))
        .stream()
        .sorted(java.util.Comparator.comparing(LoggedRequest::getLoggedDate))
        .map(request -> json(request.getBodyAsString()).path("text").asText())
        .toList();
  }

  /** The subjects of the mails to the first address. */
  private static List<String> mails() {
    try {
      return mail.getManagers().getImapHostManager().getInbox(ann).getMessages().stream()
          .map(stored -> subject(stored.getMimeMessage()))
          .toList();
    } catch (com.icegreen.greenmail.store.FolderException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String subject(MimeMessage message) {
    try {
      return message.getSubject();
    } catch (jakarta.mail.MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
