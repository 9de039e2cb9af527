package io.reconciler.engine.door;

import org.apache.camel.Exchange;
import org.apache.camel.ExchangeExtension;

/**
 * Makes every request begin without the failures of those before it on the same exchange. Camel
 * marks an exchange whose failure it handed on as done with, and a route that catches the failure
 * takes that back only in part: the next failure on it, of whatever request, would count as done
 * with at once, and would not be met by sending again.
 */
public final class EarlierFailures {

  /** Of this exchange nothing has failed yet, and no attempt was made. */
  public void forget(Exchange exchange) {
    // Attempts at an earlier request do not count for this one.
    exchange.getMessage().removeHeaders("CamelRedeliver*");
    ExchangeExtension marks = exchange.getExchangeExtension();
    marks.setFailureHandled(false);
    marks.setRedeliveryExhausted(false);
  }
}
