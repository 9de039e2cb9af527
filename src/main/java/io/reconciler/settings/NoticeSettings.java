package io.reconciler.settings;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where notices go; null where nothing is set.
 *
 * @param webhook its URL, which is also its credential
 * @param publicUrl where operators reach the page of the service
 */
public record NoticeSettings(
    @Nullable Secret webhook, @Nullable Mail mail, @Nullable URI publicUrl) {

  /** Whether anybody is to be told. */
  public boolean isOn() {
    return webhook != null || mail != null;
  }

  /** Mail to these addresses, separated by commas. */
  public record Mail(String to, String from, SmtpUrl server) {}

  static NoticeSettings read(Variables variables) {
    Secret webhook =
        variables.parse(Variable.RECONCILER_NOTICE_WEBHOOK_URL, NoticeParsers::webhook);
    URI page = variables.parse(Variable.RECONCILER_PUBLIC_URL, Parsers::apiUrl);
    return new NoticeSettings(webhook, mail(variables), page);
  }

  private static @Nullable Mail mail(Variables variables) {
    String to = variables.parse(Variable.RECONCILER_NOTICE_EMAIL_TO, NoticeParsers::addresses);
    String from = variables.parse(Variable.RECONCILER_NOTICE_EMAIL_FROM, NoticeParsers::address);
    SmtpUrl server = variables.parse(Variable.RECONCILER_SMTP_URL, SmtpUrl::parse);
    if (to != null || variables.text(Variable.RECONCILER_NOTICE_EMAIL_TO) != null) {
      String why = "notices by e-mail need it";
      variables.require(Variable.RECONCILER_NOTICE_EMAIL_FROM, why);
      variables.require(Variable.RECONCILER_SMTP_URL, why);
    }
    return to == null || from == null || server == null ? null : new Mail(to, from, server);
  }
}
