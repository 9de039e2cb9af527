package io.reconciler.web;

import io.reconciler.store.SqlFile;
import io.reconciler.user.User;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * The page that shows at a glance how the clients, runs and ledgers stand; its buttons are
 * elsewhere.
 */
@Controller
class OverviewPage {

  private static final String CLIENTS = SqlFile.read("page-clients");
  private static final String RUNS = SqlFile.read("page-runs");
  private static final String CONFLICTS = SqlFile.read("page-conflicts");
  private static final String DEAD_LETTERS = SqlFile.read("page-dead-letters");

  private final JdbcClient jdbc;
  private final @Nullable Long quota;
  private final Clock clock;

  /** The quota: requests a month that the Airtable plan allows, null when unknown. */
  OverviewPage(JdbcClient jdbc, @Nullable Long quota, Clock clock) {
    this.jdbc = jdbc;
    this.quota = quota;
    this.clock = clock;
  }

  @GetMapping("/")
  String overview(@AuthenticationPrincipal User user, Model model) {
    model.addAttribute("user", user.email());
    model.addAttribute("now", Instant.now(clock).truncatedTo(ChronoUnit.SECONDS));
    model.addAttribute("quota", quota);
    model.addAttribute("clients", jdbc.sql(CLIENTS).query().listOfRows());
    model.addAttribute("runs", jdbc.sql(RUNS).query().listOfRows());
    model.addAttribute("conflicts", jdbc.sql(CONFLICTS).query().listOfRows());
    model.addAttribute("deadLetters", jdbc.sql(DEAD_LETTERS).query().listOfRows());
    return "overview";
  }
}
