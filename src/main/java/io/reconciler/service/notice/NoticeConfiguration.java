package io.reconciler.service.notice;

import io.reconciler.engine.budget.Spending;
import io.reconciler.settings.NoticeSettings;
import io.reconciler.settings.Secret;
import io.reconciler.settings.Settings;
import io.reconciler.settings.SmtpUrl;
import javax.sql.DataSource;
import org.apache.camel.component.mail.DefaultJavaMailSender;
import org.apache.camel.component.mail.JavaMailSender;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the routes of notices call, and the mail server behind them. */
@Configuration(proxyBeanMethods = false)
public class NoticeConfiguration {

  private static final String TIMEOUT_MILLIS = "10000";

  @Bean
  Notices notices(DataSource database, Settings settings, Spending spending) {
    return new Notices(JdbcClient.create(database), settings.notices(), spending);
  }

  @Bean
  NoticeTargets noticeTargets(Settings settings) {
    return new NoticeTargets(settings.notices());
  }

  /** Without a mail server in the settings nothing is ever sent by it. */
  @Bean
  JavaMailSender noticeMail(Settings settings) {
    NoticeSettings.Mail mail = settings.notices().mail();
    return mail == null ? new DefaultJavaMailSender() : sender(mail.server());
  }

  static DefaultJavaMailSender sender(SmtpUrl server) {
    DefaultJavaMailSender sender = new DefaultJavaMailSender();
    String protocol = server.tls() ? "smtps" : "smtp";
    sender.setProtocol(protocol);
    sender.setHost(server.host());
    sender.setPort(server.port());
    sender.setUsername(server.user());
    Secret password = server.password();
    sender.setPassword(password == null ? null : password.reveal());
    // Whoever logs in does so inside TLS, with a server that proves its name.
    boolean login = server.user() != null;
    property(sender, protocol, "auth", login);
    property(sender, protocol, "starttls.enable", !server.tls());
    property(sender, protocol, "starttls.required", login && !server.tls());
    property(sender, protocol, "ssl.checkserveridentity", true);
    for (String timeout : new String[] {"connectiontimeout", "timeout", "writetimeout"}) {
      property(sender, protocol, timeout, TIMEOUT_MILLIS);
    }
    return sender;
  }

  private static void property(
      DefaultJavaMailSender sender, String protocol, String name, Object value) {
    sender.addAdditionalJavaMailProperty("mail." + protocol + "." + name, value.toString());
  }
}
