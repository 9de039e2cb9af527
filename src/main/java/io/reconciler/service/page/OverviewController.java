package io.reconciler.service.page;

import io.reconciler.engine.budget.Budget;
import io.reconciler.engine.budget.BudgetText;
import io.reconciler.engine.budget.Spending;
import io.reconciler.settings.Cron;
import io.reconciler.settings.Settings;
import io.reconciler.side.mapping.MappingSet;
import io.reconciler.side.postgres.SqlFile;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** Is it fine, what did it do, what needs me? */
@Controller
class OverviewController {

  private static final String CLIENTS = SqlFile.read("client-overview");
  private static final String OPEN = SqlFile.read("show-open");
  private static final String DAYS = SqlFile.read("show-days");

  private final JdbcClient jdbc;
  private final MappingSet mappings;
  private final Settings settings;
  private final Spending spending;
  private final Clock clock;

  OverviewController(
      JdbcClient jdbc, MappingSet mappings, Settings settings, Spending spending, Clock clock) {
    this.spending = spending;
    this.jdbc = jdbc;
    this.mappings = mappings;
    this.settings = settings;
    this.clock = clock;
  }

  @GetMapping("/")
  String overview(Model model) {
    Instant now = clock.instant();
    List<ClientState> clients = jdbc.sql(CLIENTS).query(ClientState::of).list();
    Budget budget = spending.budget().filter(Budget::isShort).orElse(null);
    OverviewView view =
        OverviewView.of(
            clients,
            jdbc.sql(OPEN).query(TableState::of).list(),
            jdbc.sql(DAYS).query(Day::of).list(),
            mappings,
            settings.watching().monthlyQuota(),
            budget == null ? new Cron(settings.schedule()).after(now) : next(budget, clients),
            now);
    model.addAttribute(
        "view",
        budget == null ? view : view.heldBack(BudgetText.shortage(budget, spending.period())));
    return clients.isEmpty() ? "first-start" : "overview";
  }

  private @Nullable Instant next(Budget budget, List<ClientState> clients) {
    return clients.stream()
        .filter(ClientState::active)
        .map(client -> spending.next(budget, client.base()))
        .filter(Objects::nonNull)
        .min(Comparator.naturalOrder())
        .orElse(null);
  }
}
