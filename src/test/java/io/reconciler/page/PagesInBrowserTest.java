package io.reconciler.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.reconciler.world.ServiceWorld;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The pages in a real browser; skipped where there is none. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
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
    browser.driver().manage().deleteAllCookies();
    browser.size(Browser.DESK);
    browser.dark(false);
    browser.forgetLog();
    browser.signIn(BrowserWorld.ADMIN, ServiceWorld.PASSWORD);
    browser.awaitText("Overview");
  }

  private void pictures(String name) {
    browser.check();
    browser.picture(name);
    browser.dark(true);
    browser.check();
    browser.picture(name + "-dark");
    browser.dark(false);
    browser.size(Browser.PHONE);
    browser.check();
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
    browser.driver().findElement(org.openqa.selenium.By.cssSelector("table.list a")).click();
    browser.awaitText("What it changed");
    pictures("run");
  }

  @Test
  void a_conflict_is_looked_at_and_the_other_value_applied() {
    browser.click("Conflicts");
    browser.awaitText("conflicts are open");
    pictures("conflicts");
    browser.click("Use the portal's");
    browser.awaitText("both sides hold this value now");
    browser.check();
  }

  @Test
  void a_dead_letter_is_tried_again_and_many_at_once() {
    browser.click("Dead letters");
    browser.awaitText("is not a UUID");
    pictures("dead-letters");
    browser.click("Retry all");
    browser.awaitText("Retrying 9 dead letters");
    browser.awaitText("Back");
    browser.check();
    browser.picture("job");
  }
}
