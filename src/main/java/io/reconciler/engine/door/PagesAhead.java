package io.reconciler.engine.door;

import io.reconciler.engine.pull.PagedListing;
import io.reconciler.side.airtable.AirtableRequest;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Asks for the next page of a listing while the present one is applied: one page ahead, never two.
 * What was asked ahead counts only while it is still what the listing would ask now.
 */
public final class PagesAhead {

  private static final String AHEAD = "pageAhead";

  private final ProducerTemplate routes;
  private final ExecutorService threads;

  public PagesAhead(ProducerTemplate routes, ExecutorService threads) {
    this.routes = routes;
    this.threads = threads;
  }

  /** A request under way, or its answer. */
  private record Ahead(PagedListing listing, AirtableRequest request, Future<Exchange> answer) {

    boolean isFor(PagedListing other, AirtableRequest wanted) {
      return listing == other && request.equals(wanted);
    }
  }

  /** The body becomes the answer for the next page, or the request that is still to be made. */
  public void next(Exchange exchange) throws Exception {
    PagedListing listing = listing(exchange);
    AirtableRequest request = listing.next();
    Ahead ahead = exchange.getProperty(AHEAD, Ahead.class);
    Exchange answered = await(exchange);
    if (ahead == null || answered == null || !ahead.isFor(listing, request)) {
      exchange.getMessage().setBody(request);
      return;
    }
    if (answered.getException() != null) {
      throw answered.getException();
    }
    exchange.getMessage().setBody(answered.getMessage().getBody());
  }

  /** Begins to ask for the page after the present one, if there is one. */
  public void ask(Exchange exchange) {
    PagedListing listing = listing(exchange);
    if (listing.isMore()) {
      AirtableRequest request = listing.next();
      Object run = exchange.getProperty("run");
      Map<String, String> log = MDC.getCopyOfContextMap();
      Future<Exchange> answer = threads.submit(() -> send(request, run, log));
      exchange.setProperty(AHEAD, new Ahead(listing, request, answer));
    }
  }

  /** Nothing is under way any more when this returns, and what came is thrown away. */
  public void settle(Exchange exchange) throws Exception {
    await(exchange);
  }

  private static @Nullable Exchange await(Exchange exchange) throws Exception {
    Ahead ahead = exchange.getProperty(AHEAD, Ahead.class);
    exchange.removeProperty(AHEAD);
    return ahead == null ? null : ahead.answer().get();
  }

  private Exchange send(
      AirtableRequest request, @Nullable Object run, @Nullable Map<String, String> log) {
    if (log != null) {
      MDC.setContextMap(log);
    }
    try {
      return routes.send(
          "direct:airtable-api",
          asking -> {
            asking.getMessage().setBody(request);
            asking.setProperty("run", run);
          });
    } finally {
      MDC.clear();
    }
  }

  private static PagedListing listing(Exchange exchange) {
    return Objects.requireNonNull(exchange.getProperty("listing", PagedListing.class), "listing");
  }
}
