package io.reconciler.program.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import io.reconciler.text.Masks;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.helpers.MessageFormatter;

/**
 * Stands before all loggers and appenders: an event with a secret in it is logged without it, and
 * the loggers that write down bytes as they travel, where a secret may be cut in two, log nothing.
 */
public final class SecretsFilter extends TurboFilter {

  private static final Set<String> RAW =
      Set.of(
          "org.apache.hc.client5.http.wire",
          "org.apache.coyote.http11.Http11InputBuffer",
          "org.apache.tomcat.util.http.Rfc6265CookieProcessor",
          "org.apache.tomcat.util.http.parser.Cookie");

  @Override
  public FilterReply decide(
      @Nullable Marker marker,
      Logger logger,
      Level level,
      @Nullable String format,
      Object @Nullable [] params,
      @Nullable Throwable thrown) {
    // First of all what is asked for by far the most: whether to log what nobody wants to see.
    if (!level.isGreaterOrEqual(logger.getEffectiveLevel())) {
      return FilterReply.NEUTRAL;
    }
    if (RAW.contains(logger.getName())) {
      return FilterReply.DENY;
    }
    if (format == null) {
      return FilterReply.NEUTRAL;
    }
    String text = MessageFormatter.arrayFormat(format, params).getMessage();
    String stack = thrown == null ? "" : stack(thrown);
    String hidden = Masks.hide(text);
    String hiddenStack = stack.isEmpty() ? "" : Masks.hide(stack);
    if (hidden.equals(text) && hiddenStack.equals(stack)) {
      return FilterReply.NEUTRAL;
    }
    return Rewritten.as(
        hiddenStack.isEmpty() ? hidden : hidden + System.lineSeparator() + hiddenStack,
        marker,
        logger,
        level);
  }

  private static String stack(Throwable thrown) {
    return ThrowableProxyUtil.asString(new ThrowableProxy(thrown));
  }
}
