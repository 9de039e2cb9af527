package io.reconciler.service.notice;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.UUID;

/** One attempt at sending a notice. */
public record Delivery(
    UUID id, String kind, String channel, String baseId, String subject, String text, int attempt) {

  /** Whether it goes to the webhook, and not by mail. */
  public boolean isWebhook() {
    return channel.equals(Channel.WEBHOOK.label());
  }

  /**
   * The body of the webhook, with the three characters escaped that Slack gives a meaning:
   * https://docs.slack.dev/messaging/formatting-message-text#escaping
   */
  public String json() {
    String escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    return JsonNodeFactory.instance.objectNode().put("text", escaped).toString();
  }
}
