package io.reconciler.settings;

import java.net.URI;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A mail server: {@code smtp://} speaks in the clear until STARTTLS, {@code smtps://} TLS from the
 * start.
 *
 * @param user null: no login
 */
public record SmtpUrl(
    boolean tls, String host, int port, @Nullable String user, @Nullable Secret password) {

  private static final int SUBMISSION = 587;
  private static final int SUBMISSIONS = 465;

  /** Reads {@code smtp://user:password@host:587}; the error never repeats it. */
  static SmtpUrl parse(String text) {
    URI url = NoticeParsers.uri(text);
    String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
    if (!Set.of("smtp", "smtps").contains(scheme) || url.getHost() == null) {
      throw new MalformedValueException("it must start with smtp:// or smtps:// and a host");
    }
    boolean rest = url.getRawQuery() != null || url.getRawFragment() != null;
    if (rest || !Set.of("", "/").contains(url.getRawPath())) {
      throw new MalformedValueException("it must end with host or port");
    }
    boolean tls = scheme.equals("smtps");
    int port = url.getPort() > 0 ? url.getPort() : tls ? SUBMISSIONS : SUBMISSION;
    return login(tls, url.getHost(), port, url.getRawUserInfo());
  }

  private static SmtpUrl login(boolean tls, String host, int port, @Nullable String userInfo) {
    if (userInfo == null) {
      return new SmtpUrl(tls, host, port, null, null);
    }
    int colon = userInfo.indexOf(':');
    if (colon < 1) {
      throw new MalformedValueException("it must hold user and password, or neither");
    }
    String user = PercentCode.decode(userInfo.substring(0, colon));
    String password = PercentCode.decode(userInfo.substring(colon + 1));
    return new SmtpUrl(tls, host, port, user, new Secret(password));
  }
}
