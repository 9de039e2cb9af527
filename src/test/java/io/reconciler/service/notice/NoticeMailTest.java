package io.reconciler.service.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.reconciler.settings.Settings;
import io.reconciler.settings.SmtpUrl;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.camel.component.mail.DefaultJavaMailSender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How the mail server is spoken to. */
class NoticeMailTest {

  private GreenMail server = new GreenMail(ServerSetup.SMTPS.dynamicPort());

  @AfterEach
  void stop() {
    server.stop();
  }

  @Test
  void over_tls_it_logs_in_and_sends() throws Exception {
    start(ServerSetup.SMTPS);
    DefaultJavaMailSender sender = sender("smtps://ann:p%40ss@127.0.0.1:%d");
    // The server of the test has a certificate of its own making.
    sender.addAdditionalJavaMailProperty("mail.smtps.ssl.trust", "*");
    sender.addAdditionalJavaMailProperty("mail.smtps.ssl.checkserveridentity", "false");

    sender.send(message(sender));

    assertThat(server.getReceivedMessages()).hasSize(1);
  }

  @Test
  void a_wrong_password_is_refused() {
    start(ServerSetup.SMTPS);
    DefaultJavaMailSender sender = sender("smtps://ann:wrong@127.0.0.1:%d");
    sender.addAdditionalJavaMailProperty("mail.smtps.ssl.trust", "*");
    sender.addAdditionalJavaMailProperty("mail.smtps.ssl.checkserveridentity", "false");

    assertThatThrownBy(() -> sender.send(message(sender)))
        .isInstanceOf(jakarta.mail.AuthenticationFailedException.class);
  }

  @Test
  void a_certificate_that_nobody_vouches_for_is_refused() {
    start(ServerSetup.SMTPS);
    DefaultJavaMailSender sender = sender("smtps://ann:p%40ss@127.0.0.1:%d");

    assertThatThrownBy(() -> sender.send(message(sender)))
        .isInstanceOf(MessagingException.class)
        .hasRootCauseInstanceOf(java.security.GeneralSecurityException.class);
  }

  @Test
  void a_password_is_never_sent_in_the_clear() {
    start(ServerSetup.SMTP);
    DefaultJavaMailSender sender = sender("smtp://ann:p%40ss@127.0.0.1:%d");

    assertThatThrownBy(() -> sender.send(message(sender)))
        .isInstanceOf(MessagingException.class)
        .hasMessageContaining("STARTTLS");
    assertThat(server.getReceivedMessages()).isEmpty();
  }

  private void start(ServerSetup setup) {
    server = new GreenMail(setup.dynamicPort());
    server.setUser("ann@example.com", "ann", "p@ss");
    server.start();
  }

  private DefaultJavaMailSender sender(String url) {
    int port = server.getSmtp() == null ? server.getSmtps().getPort() : server.getSmtp().getPort();
    Settings settings =
        Settings.read(
            Map.of(
                    "RECONCILER_SMTP_URL", url.replace("%d", String.valueOf(port)),
                    "RECONCILER_NOTICE_EMAIL_TO", "ann@example.com",
                    "RECONCILER_NOTICE_EMAIL_FROM", "bo@example.com")
                ::get,
            Set.of());
    SmtpUrl server = Objects.requireNonNull(settings.notices().mail()).server();
    return NoticeConfiguration.sender(server);
  }

  private static MimeMessage message(DefaultJavaMailSender sender) throws MessagingException {
    MimeMessage message = new MimeMessage(sender.getSession());
    message.setFrom("bo@example.com");
    message.setRecipients(jakarta.mail.Message.RecipientType.TO, "ann@example.com");
    message.setSubject("Hello");
    message.setText("Hello");
    return message;
  }
}
