package io.reconciler.engine.door;

import io.reconciler.engine.apply.Page;
import io.reconciler.engine.apply.PagePlan;
import io.reconciler.engine.run.Run;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Applies pages of a listing beside the thread that lists: so many at a time, each in a transaction
 * of its own, and no two that hold the same record. What one fails with is thrown where the listing
 * goes on next, or ends.
 */
public final class PagesBeside {

  /** Pages that are applied at a time; the listing fetches and converts another one meanwhile. */
  private static final int MOST = 2;

  private static final String UNDER_WAY = "pagesUnderWay";

  /** Whether the last page that was applied changed nothing, for those that follow. */
  private static final String QUIET = "quiet";

  private final ProducerTemplate routes;
  private final ExecutorService threads;

  public PagesBeside(ProducerTemplate routes, ExecutorService threads) {
    this.routes = routes;
    this.threads = threads;
  }

  /** A page that is being applied. */
  private record UnderWay(Set<String> recordIds, Future<Exchange> applied) {

    boolean holdsOneOf(Page page) {
      return !Collections.disjoint(recordIds, page.ids());
    }
  }

  /**
   * Whether a page may be applied beside the listing. What a dry run plans is told in order, and
   * links bring in the records that they point at: there each page is applied in its turn.
   */
  public boolean takes(Run run) {
    return !run.request().dryRun() && !run.mapping().hasLinks();
  }

  /** Returns once the page that is the body may be looked at and applied. */
  public void await(Exchange exchange) throws Exception {
    Page page = exchange.getMessage().getMandatoryBody(Page.class);
    Deque<UnderWay> pages = underWay(exchange);
    while (pages.size() >= MOST || pages.stream().anyMatch(other -> other.holdsOneOf(page))) {
      finish(exchange, pages);
    }
  }

  /** Begins to apply the page that is the body. */
  public void apply(Exchange exchange) throws Exception {
    Page page = exchange.getMessage().getMandatoryBody(Page.class);
    Run run = Objects.requireNonNull(exchange.getProperty("run", Run.class), "run");
    Object look = exchange.getProperty("look");
    Map<String, String> log = MDC.getCopyOfContextMap();
    Future<Exchange> applied = threads.submit(() -> send(page, look, run, log));
    underWay(exchange).add(new UnderWay(new HashSet<>(page.ids()), applied));
  }

  /** No page is under way any more when this returns, and all of them were applied. */
  public void settle(Exchange exchange) throws Exception {
    Deque<UnderWay> pages = underWay(exchange);
    while (!pages.isEmpty()) {
      finish(exchange, pages);
    }
  }

  /** No page is under way any more when this returns, whatever became of them. */
  public void quiesce(Exchange exchange) throws Exception {
    Deque<UnderWay> pages = underWay(exchange);
    while (!pages.isEmpty()) {
      pages.remove().applied().get();
    }
  }

  private static void finish(Exchange exchange, Deque<UnderWay> pages) throws Exception {
    Exchange applied = pages.remove().applied().get();
    if (applied.getException() != null) {
      throw applied.getException();
    }
    List<?> plans = applied.getMessage().getMandatoryBody(List.class);
    exchange.setProperty(QUIET, plans.stream().allMatch(plan -> ((PagePlan) plan).isQuiet()));
  }

  private Exchange send(
      Page page, @Nullable Object look, Run run, @Nullable Map<String, String> log) {
    if (log != null) {
      MDC.setContextMap(log);
    }
    try {
      return routes.send(
          "direct:apply-page",
          applying -> {
            applying.getMessage().setBody(page);
            applying.setProperty("run", run);
            applying.setProperty("look", look);
          });
    } finally {
      MDC.clear();
    }
  }

  @SuppressWarnings("unchecked") // set here alone
  private static Deque<UnderWay> underWay(Exchange exchange) {
    Deque<UnderWay> pages = exchange.getProperty(UNDER_WAY, Deque.class);
    if (pages == null) {
      pages = new ArrayDeque<>();
      exchange.setProperty(UNDER_WAY, pages);
    }
    return pages;
  }
}
