package io.reconciler.engine.door;

import io.reconciler.engine.apply.NotAppliedException;
import io.reconciler.engine.apply.Pages;
import io.reconciler.engine.apply.plan.Page;
import io.reconciler.engine.apply.plan.PagePlan;
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
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.support.DefaultExchange;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.dao.PessimisticLockingFailureException;

/**
 * Applies pages of a listing beside the thread that lists: so many at a time, each in a transaction
 * of its own, and no two that hold the same record. What one fails with is thrown where the listing
 * goes on next, or ends.
 */
public final class PagesBeside {

  /** Pages that are applied at a time; the listing fetches and converts another one meanwhile. */
  private static final int MOST = 2;

  private static final String UNDER_WAY = "pagesUnderWay";

  /** What a page that is being applied holds of the gate that it may close for the others. */
  private static final String HELD = "pageGate";

  /** Whether the last page that was applied changed nothing, for those that follow. */
  private static final String QUIET = "quiet";

  private static final String RUN = "run";

  private final ProducerTemplate routes;
  private final ExecutorService threads;

  public PagesBeside(ProducerTemplate routes, ExecutorService threads) {
    this.routes = routes;
    this.threads = threads;
  }

  /** The pages of a listing that are being applied, the oldest first. */
  private static final class Listed {

    private final Deque<UnderWay> underWay = new ArrayDeque<>();
    private final ReadWriteLock gate = new ReentrantReadWriteLock();
    private volatile int most = MOST;
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
    Listed pages = pages(exchange);
    while (pages.underWay.size() >= pages.most
        || pages.underWay.stream().anyMatch(other -> other.holdsOneOf(page))) {
      finish(exchange, pages.underWay);
    }
  }

  /** Begins to apply the page that is the body. */
  public void apply(Exchange exchange) throws Exception {
    Page page = exchange.getMessage().getMandatoryBody(Page.class);
    Map<String, String> log = MDC.getCopyOfContextMap();
    Listed pages = pages(exchange);
    Exchange applying = new DefaultExchange(routes.getCamelContext());
    applying.getMessage().setBody(page);
    for (String told : List.of(RUN, QUIET)) {
      applying.setProperty(told, exchange.getProperty(told));
    }
    applying.setProperty(UNDER_WAY, pages);
    Future<Exchange> applied = threads.submit(() -> send(applying, pages, log));
    pages.underWay.add(new UnderWay(new HashSet<>(page.ids()), applied));
  }

  /**
   * A page could not be applied as a whole, and goes on alone: what a trigger of the portal's wants
   * for it must not be held by the page beside it. If that was so, the others wait for each other.
   */
  public void alone(Exchange exchange) {
    Listed pages = exchange.getProperty(UNDER_WAY, Listed.class);
    Lock held = exchange.getProperty(HELD, Lock.class);
    if (pages != null && held != null) {
      if (exchange.getProperty(Exchange.EXCEPTION_CAUGHT) instanceof NotAppliedException failure
          && failure.getCause() instanceof PessimisticLockingFailureException) {
        pages.most = 1;
      }
      held.unlock();
      pages.gate.writeLock().lock();
      exchange.setProperty(HELD, pages.gate.writeLock());
    }
  }

  /** No page is under way any more when this returns, and all of them were applied. */
  public void settle(Exchange exchange) throws Exception {
    Deque<UnderWay> pages = pages(exchange).underWay;
    while (!pages.isEmpty()) {
      finish(exchange, pages);
    }
  }

  /** No page is under way any more when this returns, whatever became of them. */
  public void quiesce(Exchange exchange) throws Exception {
    Deque<UnderWay> pages = pages(exchange).underWay;
    while (!pages.isEmpty()) {
      pages.remove().applied().get();
    }
  }

  @SuppressWarnings("unchecked") // what apply-page answers with
  private static void finish(Exchange exchange, Deque<UnderWay> pages) throws Exception {
    Exchange applied = pages.remove().applied().get();
    if (applied.getException() != null) {
      throw applied.getException();
    }
    List<PagePlan> plans = applied.getMessage().getMandatoryBody(List.class);
    exchange.setProperty(QUIET, Pages.isQuiet(plans));
  }

  private Exchange send(Exchange applying, Listed pages, @Nullable Map<String, String> log) {
    if (log != null) {
      MDC.setContextMap(log);
    }
    pages.gate.readLock().lock();
    applying.setProperty(HELD, pages.gate.readLock());
    try {
      return routes.send("direct:apply-pulled", applying);
    } finally {
      Objects.requireNonNull(applying.getProperty(HELD, Lock.class), HELD).unlock();
      MDC.clear();
    }
  }

  private static Listed pages(Exchange exchange) {
    Listed pages = exchange.getProperty(UNDER_WAY, Listed.class);
    if (pages == null) {
      pages = new Listed();
      exchange.setProperty(UNDER_WAY, pages);
    }
    return pages;
  }
}
