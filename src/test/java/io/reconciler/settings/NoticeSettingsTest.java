package io.reconciler.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoticeSettingsTest {

  private static final String HIDDEN = "hidden";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          RECONCILER_NOTICE_WEBHOOK_URL | hidden                          | it must start with https://
          RECONCILER_NOTICE_WEBHOOK_URL | ftp://hidden.example.com        | it must start with https://
          RECONCILER_NOTICE_WEBHOOK_URL | https://a:hidden@example.com    | it must hold no user
          RECONCILER_NOTICE_WEBHOOK_URL | https://example.com/a hidden    | it is not a URL
          RECONCILER_NOTICE_EMAIL_FROM  | Hidden <hidden@example.com>     | it must be an e-mail address
          RECONCILER_SMTP_URL           | mail.hidden.com:25              | it must start with smtp://
          RECONCILER_SMTP_URL           | http://hidden.com               | it must start with smtp://
          RECONCILER_SMTP_URL           | smtp://hidden@example.com       | it must hold user and password
          RECONCILER_SMTP_URL           | smtp://u:hidden%zz@example.com  | it is not a URL
          RECONCILER_SMTP_URL           | smtp://example.com/hidden       | it must end with host or port
          RECONCILER_PUBLIC_URL         | reconciler.example.com          | it must start with https://
          """)
  void a_malformed_value_is_refused_and_not_repeated(String variable, String value, String why) {
    assertThat(problems(Map.of(variable, value)))
        .singleElement()
        .asString()
        .startsWith(variable + " is malformed: " + why)
        .contains("; for example ")
        .doesNotContainIgnoringCase(HIDDEN);
  }

  @Test
  void mail_needs_a_sender_and_a_server() {
    assertThat(problems(Map.of("RECONCILER_NOTICE_EMAIL_TO", "ann@example.com")))
        .satisfiesExactly(
            from -> assertThat(from).startsWith("RECONCILER_NOTICE_EMAIL_FROM is missing: "),
            server -> assertThat(server).startsWith("RECONCILER_SMTP_URL is missing: "));
  }

  @Test
  void the_ports_follow_from_the_protocol() {
    assertThat(SmtpUrl.parse("smtp://mail").port()).isEqualTo(587);
    assertThat(SmtpUrl.parse("smtps://mail/").port()).isEqualTo(465);
    assertThat(SmtpUrl.parse("smtp://mail:25").port()).isEqualTo(25);
  }

  private static List<String> problems(Map<String, String> environment) {
    InvalidSettingsException thrown =
        catchThrowableOfType(
            InvalidSettingsException.class, () -> Settings.read(environment::get, Set.of()));
    assertThat(thrown).isNotNull();
    return thrown.problems();
  }
}
