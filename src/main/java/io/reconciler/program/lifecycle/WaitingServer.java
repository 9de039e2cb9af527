package io.reconciler.program.lifecycle;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.reconciler.settings.Settings;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.PortInUseException;

/**
 * Both ports of the service while it waits for its database: alive, not ready, and nothing else.
 * The whole web server starts later, with everything that needs the database.
 */
final class WaitingServer implements AutoCloseable {

  private static final String LIVENESS = "/actuator/health/liveness";
  private static final String HEALTH = "/actuator/health";
  private static final String UP = "{\"status\":\"UP\"}";
  private static final String NOT_READY = "{\"status\":\"OUT_OF_SERVICE\"}";
  private static final String WAITING =
      "{\"error\":\"Service unavailable\",\"details\":\"the service waits for its database\"}";

  private final List<HttpServer> servers = new ArrayList<>();

  private WaitingServer() {}

  /**
   * Opens the ports.
   *
   * @throws PortInUseException when somebody else has one of them
   */
  static WaitingServer start(Settings settings, PortTls tls) {
    WaitingServer waiting = new WaitingServer();
    try {
      waiting.open(settings.serverAddress(), settings.serverPort(), tls.of("server"));
      waiting.open(
          settings.managementAddress(), settings.managementPort(), tls.of("management.server"));
    } catch (RuntimeException e) {
      waiting.close();
      throw e;
    }
    return waiting;
  }

  private void open(InetAddress address, int port, @Nullable SSLContext tls) {
    try {
      HttpServer server = create(new InetSocketAddress(address, port), tls);
      server.createContext("/", WaitingServer::answer);
      server.start();
      servers.add(server);
    } catch (BindException e) {
      throw new PortInUseException(port, e);
    } catch (IOException e) {
      throw new IllegalStateException("the port " + port + " can't be opened", e);
    }
  }

  private static HttpServer create(InetSocketAddress at, @Nullable SSLContext tls)
      throws IOException {
    if (tls == null) {
      return HttpServer.create(at, 0);
    }
    HttpsServer server = HttpsServer.create(at, 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    return server;
  }

  private static void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    if (path.equals(LIVENESS)) {
      answer(exchange, 200, UP);
    } else {
      answer(exchange, 503, path.startsWith(HEALTH) ? NOT_READY : WAITING);
    }
  }

  private static void answer(HttpExchange exchange, int status, String json) throws IOException {
    try (exchange) {
      byte[] body = json.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.getResponseHeaders().set("Connection", "close");
      if (status == 503) {
        exchange.getResponseHeaders().set("Retry-After", "10");
      }
      boolean head = exchange.getRequestMethod().equals("HEAD");
      exchange.sendResponseHeaders(status, head ? -1 : body.length);
      if (!head) {
        exchange.getResponseBody().write(body);
      }
    }
  }

  @Override
  public void close() {
    servers.forEach(server -> server.stop(0));
  }
}
