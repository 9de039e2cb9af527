package io.reconciler.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code serve} as a process of its own, with a client and an administrator who is signed in. */
final class ServiceProcess implements AutoCloseable {

  private static final String ADMIN = "bench@example.com";
  private static final String PASSWORD = "correct horse battery";
  private static final Duration START = Duration.ofSeconds(90);

  private final Process process;
  private final int port;
  private final HttpClient http = HttpClient.newHttpClient();
  private final String token;

  private ServiceProcess(Process process, int port, int management) throws Exception {
    this.process = process;
    this.port = port;
    awaitStart(management);
    HttpResponse<String> answer =
        send(
            "POST",
            "/api/auth/login",
            "{\"email\":\"" + ADMIN + "\",\"password\":\"" + PASSWORD + "\"}",
            "");
    if (answer.statusCode() != 200) {
      throw new IllegalStateException("login: " + answer.statusCode() + " " + answer.body());
    }
    this.token = new ObjectMapper().readTree(answer.body()).path("token").asText();
  }

  /** Starts it with these options of Java; the schedule never comes, runs are asked for. */
  static ServiceProcess start(BenchSides sides, String... javaOptions) throws Exception {
    Map<String, String> environment = new HashMap<>(sides.environment());
    int port = freePort();
    int management = freePort();
    environment.put("SERVER_PORT", String.valueOf(port));
    environment.put("MANAGEMENT_SERVER_PORT", String.valueOf(management));
    environment.put("RECONCILER_SCHEDULE", "0 0 0 1 1 ? 2099");
    environment.put("RECONCILER_GRACE_PERIOD_MS", "0");
    environment.put("RECONCILER_JWT_SECRET", "0123456789abcdef0123456789abcdef");
    command(environment, "", "client", "add", "--name", "Bench", "--email", "bench@example.com");
    command(
        environment,
        PASSWORD,
        "user",
        "add",
        "--email",
        "bench@example.com",
        "--role",
        "SUPER_ADMIN",
        "--password-stdin");
    List<String> line = new ArrayList<>(List.of(java()));
    line.addAll(List.of(javaOptions));
    line.addAll(List.of("-jar", "target/reconciler.jar", "serve"));
    return new ServiceProcess(builder(environment, line).start(), port, management);
  }

  long pid() {
    return process.pid();
  }

  /** A request by the administrator. */
  HttpRequest request(String method, String path, String body) {
    return request(method, path, body, token);
  }

  HttpClient http() {
    return http;
  }

  /** A run of the last minutes; throws IllegalStateException when it did not go well. */
  void sync(int minutes) throws Exception {
    HttpResponse<String> answer =
        send("POST", "/api/admin/sync/delta", "{\"minutes\":" + minutes + "}", token);
    if (answer.statusCode() != 200 || !answer.body().contains("\"success\":true")) {
      throw new IllegalStateException(answer.statusCode() + " " + answer.body());
    }
  }

  /** A line of what a tool of the JDK says of the process. */
  String jcmd(String command) throws IOException {
    Process tool =
        new ProcessBuilder(java().replaceFirst("java$", "jcmd"), String.valueOf(pid()), command)
            .redirectErrorStream(true)
            .start();
    return new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /** A number of {@code /proc/PID/status}. */
  long status(String name) throws IOException {
    try (var lines = Files.lines(Path.of("/proc/" + pid() + "/status"))) {
      return lines
          .filter(line -> line.startsWith(name + ":"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
          .findFirst()
          .orElseThrow();
    }
  }

  private HttpResponse<String> send(String method, String path, String body, String bearer)
      throws Exception {
    return http.send(request(method, path, body, bearer), BodyHandlers.ofString());
  }

  private HttpRequest request(String method, String path, String body, String bearer) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofMinutes(5))
            .header("Content-Type", "application/json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    return bearer.isEmpty()
        ? request.build()
        : request.header("Authorization", "Bearer " + bearer).build();
  }

  private void awaitStart(int management) throws Exception {
    long end = System.nanoTime() + START.toNanos();
    HttpRequest ready =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + management + "/actuator/health/readiness"))
            .build();
    while (System.nanoTime() < end) {
      try {
        if (http.send(ready, BodyHandlers.discarding()).statusCode() == 200) {
          return;
        }
      } catch (IOException notYet) {
        // The port is not open yet.
      }
      if (process.waitFor(200, TimeUnit.MILLISECONDS)) {
        break;
      }
    }
    throw new IllegalStateException("the service did not start");
  }

  private static void command(Map<String, String> environment, String input, String... words)
      throws Exception {
    List<String> line = new ArrayList<>(List.of(java(), "-jar", "target/reconciler.jar"));
    line.addAll(List.of(words));
    Process command = builder(environment, line).start();
    try (var stdin = command.getOutputStream()) {
      stdin.write((input + "\n").getBytes(StandardCharsets.UTF_8));
    }
    if (command.waitFor() != 0) {
      throw new IllegalStateException(
          String.join(" ", words) + " ended with " + command.exitValue());
    }
  }

  private static ProcessBuilder builder(Map<String, String> environment, List<String> line) {
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().putAll(environment);
    return builder;
  }

  private static String java() {
    return System.getProperty("java.home") + "/bin/java";
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
