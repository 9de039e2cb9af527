package io.reconciler.service.web;

import io.reconciler.service.api.ApiError;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.WebUtils;

/**
 * A request whose body waits until somebody asks for it, and is no longer than who asks may send.
 * Forms are read here and not by the server, which knows no limit in time.
 */
final class GuardedRequest extends HttpServletRequestWrapper {

  /** What may be sent before it is known by whom, bytes. */
  static final int UNKNOWN = 16_000;

  /** What a user who is signed in may send, bytes. */
  static final int SIGNED_IN = 1_000_000;

  private static final String FORM = "application/x-www-form-urlencoded";

  private final GuardedBody guarded;
  private int most = UNKNOWN;
  private boolean forms;
  private byte @Nullable [] bytes;
  private @Nullable Map<String, String[]> parameters;

  GuardedRequest(HttpServletRequest request, BodyPermits permits) throws IOException {
    super(request);
    this.guarded = new GuardedBody(request, permits);
  }

  /** The guarded one among the wrappers of a request; null when it has no body. */
  static @Nullable GuardedRequest of(HttpServletRequest request) {
    return WebUtils.getNativeRequest(request, GuardedRequest.class);
  }

  /** It is known who asks: the body may be as long as a user's. */
  void allowMore() {
    most = SIGNED_IN;
  }

  /** The body may be a form, whose fields are parameters. */
  void allowForms() {
    forms = true;
  }

  /** The whole body; see {@link GuardedBody#read}. */
  byte[] body() {
    if (bytes == null) {
      bytes = guarded.read(most);
    }
    return bytes;
  }

  GuardedBody guarded() {
    return guarded;
  }

  @Override
  public ServletInputStream getInputStream() {
    return new BytesStream(body());
  }

  @Override
  public BufferedReader getReader() {
    return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
  }

  @Override
  public @Nullable String getParameter(String name) {
    String[] values = getParameterMap().get(name);
    return values == null ? null : values[0];
  }

  @Override
  public String @Nullable [] getParameterValues(String name) {
    return getParameterMap().get(name);
  }

  @Override
  public Enumeration<String> getParameterNames() {
    return Collections.enumeration(getParameterMap().keySet());
  }

  @Override
  public Map<String, String[]> getParameterMap() {
    if (!forms || !isForm()) {
      return super.getParameterMap();
    }
    if (parameters == null) {
      Map<String, String[]> all = new LinkedHashMap<>(super.getParameterMap());
      addFields(all, new String(body(), StandardCharsets.UTF_8));
      parameters = Collections.unmodifiableMap(all);
    }
    return parameters;
  }

  private boolean isForm() {
    String type = getContentType();
    return type != null && type.toLowerCase(Locale.ROOT).startsWith(FORM);
  }

  private static void addFields(Map<String, String[]> all, String form) {
    for (String field : form.split("&", -1)) {
      if (!field.isEmpty()) {
        int sign = field.indexOf('=');
        String name = decode(sign < 0 ? field : field.substring(0, sign));
        String value = sign < 0 ? "" : decode(field.substring(sign + 1));
        all.merge(name, new String[] {value}, GuardedRequest::join);
      }
    }
  }

  private static String[] join(String[] before, String[] more) {
    String[] joined = Arrays.copyOf(before, before.length + 1);
    joined[before.length] = more[0];
    return joined;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new BodyRefused(ApiError.badRequest("the form can't be decoded"));
    }
  }
}
