package io.reconciler.service.notice;

import io.reconciler.engine.budget.Budget;
import io.reconciler.engine.budget.BudgetText;
import io.reconciler.engine.budget.Spending;
import io.reconciler.settings.NoticeSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The steps of the routes that tell operators of changes. */
public final class Notices {

  /** About four hours after the first attempt the last one is made. */
  static final int ATTEMPTS = 10;

  private static final Logger LOG = LoggerFactory.getLogger(Notices.class);

  private final NoticeTable table;
  private final NoticeText text;
  private final Spending spending;
  private final List<Channel> channels;

  /** Notices to the targets of the settings. */
  public Notices(JdbcClient jdbc, NoticeSettings settings, Spending spending) {
    this.table = new NoticeTable(jdbc);
    this.spending = spending;
    this.text = new NoticeText(settings.publicUrl());
    this.channels = channels(settings);
  }

  private static List<Channel> channels(NoticeSettings settings) {
    List<Channel> channels = new ArrayList<>();
    if (settings.webhook() != null) {
      channels.add(Channel.WEBHOOK);
    }
    if (settings.mail() != null) {
      channels.add(Channel.MAIL);
    }
    return List.copyOf(channels);
  }

  /** Notes what has changed, for sending; in a transaction of the caller's. */
  public void note() {
    List<LastNotice> states = table.lockStates();
    Map<UUID, ClientCondition> present =
        table.present(states.stream().map(LastNotice::client).toList()).stream()
            .collect(Collectors.toMap(ClientCondition::client, Function.identity()));
    for (LastNotice told : states) {
      note(told, Objects.requireNonNull(present.get(told.client())));
    }
    states.stream()
        .findFirst()
        .ifPresent(told -> noteShortage(Objects.requireNonNull(present.get(told.client()))));
  }

  // It is about all clients, and told once a month, with the first of them.
  private void noteShortage(ClientCondition present) {
    spending
        .budget()
        .filter(Budget::isShort)
        .filter(budget -> !table.isShortageTold())
        .map(budget -> present.with(BudgetText.shortage(budget, spending.period())))
        .ifPresent(told -> add(Kind.QUOTA, told));
  }

  private void add(Kind kind, ClientCondition present) {
    for (Channel channel : channels) {
      table.add(
          present.client(), kind, channel, text.subject(kind, present), text.text(kind, present));
    }
  }

  private void note(LastNotice told, ClientCondition present) {
    NoticeDecision decision = NoticeDecision.of(told, present);
    if (!decision.told().equals(told)) {
      table.save(decision.told());
    }
    decision.kinds().forEach(kind -> add(kind, present));
  }

  /** Ids of the notices to send now. */
  public List<UUID> due() {
    return table.due();
  }

  /** Takes a notice for one attempt; null when another instance has it. */
  public @Nullable Delivery claim(UUID id) {
    return table.claim(id).orElse(null);
  }

  /**
   * Takes the webhook's status.
   *
   * @throws UndeliveredException when it is no success
   */
  public void answered(int status) {
    if (status < 200 || status > 299) {
      throw new UndeliveredException("the webhook answered " + status);
    }
  }

  public void sent(Delivery delivery) {
    table.settle(delivery.id(), "sent", null);
  }

  /**
   * The attempt failed: another follows, unless it was the last. Only the kind of failure is kept:
   * messages of mail servers and URLs may hold what is nobody's business.
   */
  public void failed(Delivery delivery, Throwable cause) {
    boolean last = delivery.attempt() >= ATTEMPTS;
    String why =
        cause instanceof UndeliveredException
            ? cause.getMessage()
            : cause.getClass().getSimpleName();
    table.settle(delivery.id(), last ? "undelivered" : "waiting", why);
    LOG.atLevel(last ? org.slf4j.event.Level.ERROR : org.slf4j.event.Level.WARN)
        .log(
            "the notice '{}' of {} was not delivered by {} (attempt {} of {}): {}",
            delivery.kind(),
            delivery.baseId(),
            delivery.channel(),
            delivery.attempt(),
            ATTEMPTS,
            why);
  }
}
