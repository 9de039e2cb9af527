package io.reconciler.service.notice;

import io.reconciler.settings.NoticeSettings;
import io.reconciler.settings.Secret;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** Puts a notice into the message in the form of its target, and nothing else. */
public final class NoticeTargets {

  private final NoticeSettings settings;

  NoticeTargets(NoticeSettings settings) {
    this.settings = settings;
  }

  /** For the webhook: the only place where its URL is seen. */
  public void post(Exchange exchange) {
    Secret url = Objects.requireNonNull(settings.webhook(), "RECONCILER_NOTICE_WEBHOOK_URL");
    Message message = cleared(exchange);
    message.setHeader(Exchange.HTTP_URI, url.reveal());
    message.setHeader(Exchange.HTTP_METHOD, "POST");
    message.setHeader(Exchange.CONTENT_TYPE, "application/json; charset=utf-8");
    message.setBody(delivery(exchange).json());
  }

  public void write(Exchange exchange) {
    NoticeSettings.Mail mail =
        Objects.requireNonNull(settings.mail(), "RECONCILER_NOTICE_EMAIL_TO");
    Message message = cleared(exchange);
    message.setHeader("From", mail.from());
    message.setHeader("To", mail.to());
    message.setHeader("Subject", delivery(exchange).subject());
    message.setHeader("contentType", "text/plain; charset=UTF-8");
    message.setBody(delivery(exchange).text());
  }

  private static Message cleared(Exchange exchange) {
    Message message = exchange.getMessage();
    message.removeHeaders("*");
    return message;
  }

  private static Delivery delivery(Exchange exchange) {
    return Objects.requireNonNull(exchange.getProperty("delivery", Delivery.class), "delivery");
  }
}
