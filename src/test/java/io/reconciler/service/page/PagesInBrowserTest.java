package io.reconciler.service.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.reconciler.engine.run.RunResult;
import io.reconciler.sandbox.Fault;
import io.reconciler.world.PatientWaits;
import io.reconciler.world.ServiceWorld;
import io.reconciler.world.SideBySide;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The pages in a real browser; skipped where there is none. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Order(1)
@Tag("proof")
@SideBySide
class PagesInBrowserTest {

  private BrowserWorld world;
  private Browser browser;

  @BeforeAll
  void open() {
    world = new BrowserWorld();
    browser = Browser.open(world.service()).orElse(null);
    assumeTrue(browser != null, "no chromium and chromedriver on this machine: nothing is tested");
  }

  @AfterAll
  void close() {
    if (browser != null) {
      browser.close();
    }
    world.close();
  }

  @BeforeEach
  void signIn() {
    browser.size(Browser.DESK);
    browser.dark(false);
    browser.forgetLog();
    browser.enter(BrowserWorld.ADMIN, ServiceWorld.PASSWORD);
    browser.awaitText("Overview");
  }

  private void pictures(String name) {
    browser.check();
    browser.picture(name);
    browser.dark(true);
    browser.checkWidth();
    browser.picture(name + "-dark");
    // The colours of the dark and the parts of the phone together: each look takes a second.
    browser.size(Browser.PHONE);
    browser.check();
    browser.dark(false);
    browser.picture(name + "-phone");
    browser.size(Browser.DESK);
  }

  @Test
  void the_overview_says_in_words_how_things_stand() {
    assertThat(browser.path()).isEqualTo("/");
    assertThat(browser.text()).contains("Acme needs you");
    pictures("overview");
  }

  @Test
  void a_run_is_begun_followed_and_looked_at() {
    browser.click("Sync");
    browser.awaitText("Run of Acme");
    browser.awaitText("done");
    browser.check();
    browser.picture("live");
    browser.click("Runs");
    browser.awaitText("Asked for by");
    pictures("runs");
    browser.driver().findElement(By.cssSelector("table.list a")).click();
    browser.awaitText("What it changed");
    browser.go(
        "/runs/"
            + world
                .world()
                .jdbc()
                .sql(
                    "select run_id from reconciler.run_change where kind = 'push' order by id limit 1")
                .query(String.class)
                .single());
    browser.awaitText("Sent to Airtable");
    pictures("run");
  }

  @Test
  void a_run_of_another_instance_is_followed_and_stopped() throws Exception {
    for (int i = 0; i < 120; i++) {
      // So many that there is a second page, which is not asked for any more.
      world.world().leads().create(Map.of("First Name", "Lead " + i));
    }
    CountDownLatch seen = new CountDownLatch(1);
    // Not the service but the world's own engine does it, as another process would.
    world.world().sandbox().beforePage(1, () -> await(seen));
    CompletableFuture<RunResult> run = CompletableFuture.supplyAsync(world.world()::fullSync);
    try {
      Awaitility.await()
          .until(
              () ->
                  world
                          .world()
                          .count(
                              "select count(*) from reconciler.run join reconciler.run_progress on run_id = id"
                                  + " where outcome = 'running'")
                      > 0);
      browser.go("/");
      browser.awaitText("A run is going on.");
      browser.click("Follow it");
      browser.awaitText("Run of Acme");
      browser.awaitText("Pull Leads");
      browser.awaitText("Still to come: push leads");
      browser.check();
      browser.picture("follow");
      // All this came by the stream: nothing was asked for again and again.
      assertThat(browser.requests("/part")).isZero();
      browser.click("Stop");
      browser.awaitText("stopping");
      awaitHeard();
    } finally {
      seen.countDown();
    }
    RunResult result = run.get(PatientWaits.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    assertThat(result.failure())
        .isEqualTo("stopped by " + BrowserWorld.ADMIN + "; the next run goes on from here");
    browser.awaitText("stopped by " + BrowserWorld.ADMIN);
    assertThat(browser.path()).isEqualTo("/runs/live");
    browser.click("Run of Acme");
    browser.awaitText("Pull Leads");
    assertThat(browser.path()).isEqualTo("/runs/" + result.runId());
    browser.check();
  }

  @Test
  void where_no_stream_is_to_be_had_it_is_asked_for() throws Exception {
    try (AutoCloseable refused = browser.withoutStreams()) {
      // What is compared before the page is there need not be asked for.
      world.world().sandbox().onRequest(request -> true, Fault.delayed(Duration.ofSeconds(2)));
      browser.click("Verify");
      browser.click("Compare now");
      browser.awaitText("records are the same");
      assertThat(browser.requests("/stream")).isZero();
      assertThat(browser.requests("/part")).isPositive();
      browser.check();
    }
  }

  // Two beats later the process that does the run knows.
  private void awaitHeard() {
    for (int beat = 0; beat < 2; beat++) {
      String heard = heard();
      Awaitility.await().until(() -> !heard().equals(heard));
    }
  }

  private String heard() {
    return world
        .world()
        .jdbc()
        .sql("select cast(max(at) as text) from reconciler.run_progress")
        .query(String.class)
        .single();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(PatientWaits.PROCESS_PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void a_conflict_is_looked_at_and_the_other_value_applied() {
    browser.click("Conflicts");
    browser.awaitText("conflicts are open");
    pictures("conflicts");
    browser.click("Use the portal's");
    browser.awaitText("both sides hold this value now");
    // Where one stands is kept, and what is open is counted anew: as a sentence and in the
    // navigation.
    browser.awaitText("5 conflicts are open");
    browser.awaitText("Conflicts\n5\n");
    assertThat(browser.focused()).contains("both sides hold this value now");
    browser.check();
    browser.click("Conflicts");
    browser.awaitText("5 conflicts are open");
    browser.tick(2);
    browser.click("Fine as they are 2");
    browser.awaitText("Dismissing 2 conflicts");
    browser.awaitText("both sides stay as they are");
    browser.awaitText("Conflicts\n3\n");
  }

  @Test
  void a_dead_letter_is_tried_again_and_many_at_once() {
    browser.click("Dead letters");
    browser.awaitText("is not a UUID");
    pictures("dead-letters");
    browser.driver().findElement(By.cssSelector("tbody.entry form button")).click();
    // It is as bad as before, and says so in its place.
    browser.awaitText("Failed again: ");
    browser.check();
    browser.go("/dead-letters");
    browser.click("Retry all");
    browser.awaitText("Retrying 9 dead letters");
    browser.awaitText("Back");
    browser.check();
    browser.picture("job");
    browser.go("/dead-letters");
    browser
        .driver()
        .findElement(
            By.xpath(
                "//tbody[contains(., 'kit@example.test')]//form[contains(@action, 'discard')]//button[.='Discard']"))
        .sendKeys(Keys.ENTER);
    browser.awaitText("8 dead letters are open.");
    browser.awaitText("Dead letters\n8\n");
    // The group that it was of counts one less, in its place.
    browser.awaitText("7 Claimed By");
    assertThat(browser.focused()).contains("Discarded");
    browser.check();
  }

  @Test
  void a_record_is_found_and_shown_on_both_sides() {
    browser.click("Records");
    browser.awaitText("Find a record");
    browser.type("q", "lovelace");
    browser.click("Find");
    browser.awaitText("Ada Lovelace");
    browser.check();
    browser.picture("records");
    browser.click("Ada Lovelace");
    browser.awaitText("Both sides hold the same.");
    browser.go("/records/leads/" + world.id(7));
    browser.awaitText("Both sides hold the same.");
    browser.awaitText("What runs changed of it");
    pictures("record");
  }

  @Test
  void hostile_texts_are_shown_as_texts() {
    browser.go(
        "/records?q="
            + java.net.URLEncoder.encode("<script>", java.nio.charset.StandardCharsets.UTF_8));
    browser.awaitText("<script>alert(1)</script>");
    browser.check();
    browser.go("/records/leads/" + world.id(45));
    browser.awaitText("Both sides hold the same.");
    assertThat(browser.text()).contains("100,000 characters", "\"><img src=x onerror=alert(2)>");
    browser.check();
    browser.go("/records/leads/" + world.id(46));
    browser.awaitText("مرحبا");
    browser.check();
  }

  @Test
  void a_long_name_without_blanks_makes_the_runs_no_wider_than_the_window() {
    JdbcClient jdbc = world.service().world().jdbc();
    jdbc.sql("update clients set company_name = ?").param("WM".repeat(21) + "W").update();
    jdbc.sql(
            "update reconciler.run set outcome = 'failed', failure = repeat('a text that says why ', 20)"
                + " where id = (select id from reconciler.run order by started_at desc limit 1)")
        .update();
    try {
      browser.go("/runs");
      browser.awaitText("WMWM");
      browser.check();
    } finally {
      jdbc.sql("update clients set company_name = 'Acme'").update();
      jdbc.sql(
              "update reconciler.run set outcome = 'succeeded', failure = null"
                  + " where failure like 'a text that says why%'")
          .update();
    }
  }

  @Test
  void the_preflight_has_ways_out() {
    browser.click("Check");
    browser.awaitText("As it should be");
    pictures("check");
  }

  @Test
  void both_sides_are_compared() {
    browser.click("Verify");
    browser.awaitText("Compares every record");
    browser.click("Compare now");
    browser.awaitText("records are the same");
    pictures("verify");
    assertThat(
            world
                .service()
                .world()
                .count("select count(*) from reconciler.job where kind = 'verify'"))
        .isPositive();
  }

  @Test
  void the_tables_show_whose_field_is_whose() {
    browser.click("Tables");
    browser.awaitText("both ways");
    pictures("tables");
  }

  @Test
  void the_api_can_be_tried_out() {
    browser.click("API");
    browser.awaitText("/api/admin/runs");
    pictures("api");
    browser
        .driver()
        .findElement(By.cssSelector(".opblock-summary-path[data-path='/api/admin/runs']"))
        .click();
    browser.clickButton("Try it out");
    browser.clickButton("Execute");
    browser.awaitText("Response body");
    browser.check();
    browser.picture("api-tried");
  }

  @Test
  void the_first_steps_are_shown() {
    browser.go("/first-start");
    browser.click("Test it");
    browser.awaitText("The token is good.");
    pictures("first-start");
  }

  @Test
  void a_dry_run_says_what_it_would_write() {
    browser.click("Dry run");
    browser.awaitText("Nothing was written.");
    browser.check();
    browser.picture("dry-run");
  }

  @Test
  void a_wrong_password_and_another_role_do_not_get_in() {
    browser.driver().manage().deleteAllCookies();
    browser.signIn(BrowserWorld.ADMIN, "wrong wrong");
    browser.awaitText("Unknown e-mail address or wrong password.");
    pictures("login");
    browser.signIn(BrowserWorld.USER, ServiceWorld.PASSWORD);
    browser.awaitText("403");
    browser.forgetLog();
  }

  @Test
  void a_session_that_is_over_leads_to_the_form() {
    browser.click("Conflicts");
    browser.awaitText("Conflicts");
    browser.signOutElsewhere();
    browser.click("Runs");
    browser.awaitText("Sign in");
    assertThat(browser.path()).isEqualTo("/login");
    browser.check();
  }

  @Test
  void a_button_of_a_page_whose_session_is_over_leads_to_the_form() {
    browser.click("Conflicts");
    browser.awaitText("Fine as it is");
    browser.signOutElsewhere();
    browser.click("Fine as it is");
    browser.awaitText("Sign in");
    assertThat(browser.path()).isEqualTo("/login");
    browser.forgetLog();
  }

  @Test
  void the_keyboard_is_enough() {
    browser.driver().manage().deleteAllCookies();
    browser.go("/login");
    browser.awaitFocusOnInput();
    browser.keys(BrowserWorld.ADMIN, Keys.TAB, ServiceWorld.PASSWORD, Keys.ENTER);
    browser.awaitText("Overview");
    browser.keys(Keys.TAB);
    assertThat(browser.focused()).isEqualTo("Skip to the content");
    browser.keys(Keys.ENTER);
    browser.tabTo("Sync");
    browser.keys(Keys.ENTER);
    browser.awaitText("Run of Acme");
    browser.awaitText("The run has ended.");
    browser.check();
    browser.go("/conflicts");
    browser.tabTo("Use the portal's");
    browser.keys(Keys.ENTER);
    browser.awaitText("both sides hold this value now");
    assertThat(browser.focused()).contains("both sides hold this value now");
    browser.go("/dead-letters");
    browser.awaitText("is not a UUID");
    browser.tabTo("Retry all");
    browser.keys(Keys.ENTER);
    browser.awaitText("Retrying");
    browser.awaitText("Back");
    browser.check();
  }
}
