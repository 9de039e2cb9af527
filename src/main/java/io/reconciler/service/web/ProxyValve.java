package io.reconciler.service.web;

import io.reconciler.settings.Networks;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.jspecify.annotations.Nullable;

/**
 * Before everything else: what a trusted proxy says of the client holds, as if the client had come
 * itself; what anybody else says of that is taken away.
 */
final class ProxyValve extends ValveBase {

  /** The attribute of a request that came by a trusted proxy. */
  static final String BY_PROXY = ProxyValve.class.getName();

  private static final int HTTPS = 443;
  private static final int HTTP = 80;

  private final Networks trusted;

  ProxyValve(Networks trusted) {
    super(true);
    this.trusted = trusted;
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    if (trusted.contains(request.getRemoteAddr())) {
      request.setAttribute(BY_PROXY, true);
      apply(Forwarded.of(name -> joined(request, name), trusted), request);
    }
    Forwarded.HEADERS.forEach(request.getCoyoteRequest().getMimeHeaders()::removeHeader);
    getNext().invoke(request, response);
  }

  private static void apply(Forwarded said, Request request) {
    if (said.address() != null) {
      request.setRemoteAddr(said.address());
      request.setRemoteHost(said.address());
    }
    if (said.host() != null) {
      applyHost(said.host(), request);
    }
    if (said.scheme() != null) {
      request.setSecure(said.isSecure());
      request.getCoyoteRequest().scheme().setString(said.scheme());
    }
    if (said.host() != null || said.scheme() != null) {
      request.setServerPort(port(said, request));
    }
  }

  private static void applyHost(String host, Request request) {
    int colon = portColon(host);
    String name = colon < 0 ? host : host.substring(0, colon);
    request.getCoyoteRequest().serverName().setString(name);
  }

  private static int port(Forwarded said, Request request) {
    String host = said.host() == null ? request.getHeader("Host") : said.host();
    int colon = host == null ? -1 : portColon(host);
    if (host != null && colon >= 0) {
      return Integer.parseInt(host.substring(colon + 1));
    }
    if (said.port() != null) {
      return Integer.parseInt(said.port());
    }
    return request.isSecure() ? HTTPS : HTTP;
  }

  private static int portColon(String host) {
    int colon = host.lastIndexOf(':');
    return colon > host.indexOf(']') ? colon : -1;
  }

  private static @Nullable String joined(Request request, String name) {
    List<String> values = Collections.list(request.getHeaders(name));
    return values.isEmpty() ? null : String.join(",", values);
  }
}
