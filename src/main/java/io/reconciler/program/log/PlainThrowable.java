package io.reconciler.program.log;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.IThrowableProxy;
import java.util.Arrays;
import java.util.stream.Collectors;

/** A stack trace whose every line is set in, so that none looks like a line of the log. */
public final class PlainThrowable extends ThrowableProxyConverter {

  private static final String SET_IN = "  ";

  @Override
  protected String throwableProxyToString(IThrowableProxy proxy) {
    return Arrays.stream(super.throwableProxyToString(proxy).split("\\R"))
        .map(line -> SET_IN + line)
        .collect(Collectors.joining(System.lineSeparator(), "", System.lineSeparator()));
  }
}
