package io.reconciler.service.monitor;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.MediaTypeFactory;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.context.request.ServletWebRequest;

/**
 * Serves Hawtio's web application, and what it asks of the server it comes from: whether there is a
 * login, a proxy or a plugin of its own, of which there is none.
 */
final class HawtioConsole implements HttpRequestHandler {

  static final String PATH = "/actuator/hawtio";

  private static final String FILES = "hawtio-static";
  private static final Set<String> READING = Set.of("GET", "HEAD");
  private static final Map<String, String> ANSWERS =
      Map.of(
          "/plugin", "[]",
          "/user", "\"public\"",
          "/auth/config", "[]",
          "/auth/config/login", "[]",
          "/keycloak/enabled", "false",
          "/proxy/enabled", "false");

  /** What else it might ask for; every other path is one of its own views. */
  private static final Pattern NOTHING =
      Pattern.compile("/((auth|keycloak|proxy|jolokia)/.*|refresh|preset-connections)|.*\\.\\..*");

  private static final Pattern FILE = Pattern.compile(".*\\.[^./]+");

  private static final String CONTENT_SECURITY =
      "default-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self' data:;"
          + " img-src 'self' data:; worker-src 'self' blob:; frame-ancestors 'none';"
          + " form-action 'self'";

  @Override
  public void handleRequest(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    // The decoded one.
    String path = request.getServletPath().substring(PATH.length());
    if (path.equals("/jolokia") || path.equals("/jolokia/")) {
      request.getRequestDispatcher("/actuator/jolokia").forward(request, response);
    } else if (!READING.contains(request.getMethod())) {
      response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
    } else if (path.isEmpty()) {
      response.sendRedirect(PATH + "/");
    } else {
      read(path, request, response);
    }
  }

  private static void read(String path, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    // Asked for anew each time, answered only when it has changed.
    response.setHeader("Cache-Control", "private, no-cache");
    response.setHeader("Content-Security-Policy", CONTENT_SECURITY);
    response.setHeader("Referrer-Policy", "strict-origin");
    if (NOTHING.matcher(path).matches() && !ANSWERS.containsKey(path)) {
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
    } else if (!isFile(path)
        || !new ServletWebRequest(request, response).checkNotModified(file(path).lastModified())) {
      answer(path, response);
    }
  }

  private static void answer(String path, HttpServletResponse response) throws IOException {
    String known = ANSWERS.get(path);
    if (known != null) {
      send(known.getBytes(StandardCharsets.UTF_8), MediaType.APPLICATION_JSON, response);
    } else if (isFile(path)) {
      MediaType type =
          MediaTypeFactory.getMediaType(path).orElse(MediaType.APPLICATION_OCTET_STREAM);
      send(file(path).getContentAsByteArray(), type, response);
    } else {
      send(index().getBytes(StandardCharsets.UTF_8), MediaType.TEXT_HTML, response);
    }
  }

  private static void send(byte[] body, MediaType type, HttpServletResponse response)
      throws IOException {
    response.setContentType(type.toString());
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  // It is built for another path than ours.
  private static String index() throws IOException {
    return file("/index.html")
        .getContentAsString(StandardCharsets.UTF_8)
        .replace("=\"/hawtio/", "=\"" + PATH + "/");
  }

  private static boolean isFile(String path) {
    return FILE.matcher(path).matches() && !path.equals("/index.html") && file(path).exists();
  }

  private static Resource file(String path) {
    return new ClassPathResource(FILES + path);
  }
}
