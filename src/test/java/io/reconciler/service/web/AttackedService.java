package io.reconciler.service.web;

import static org.awaitility.Awaitility.await;

import io.reconciler.service.user.Role;
import io.reconciler.service.user.UserTable;
import io.reconciler.world.ChildProcess;
import io.reconciler.world.PatientWaits;
import io.reconciler.world.Ports;
import io.reconciler.world.ServiceWorld;
import io.reconciler.world.World;
import java.io.IOException;
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
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code serve} in a process of its own, with little memory, and an administrator. */
final class AttackedService implements AutoCloseable {

  static final String ADMIN = "ann@example.com";
  static final String PASSWORD = ServiceWorld.PASSWORD;

  /** The address from which the trusted proxy comes. */
  static final String PROXY = "127.0.0.2";

  private static final Pattern USED = Pattern.compile("used (\\d+)K");

  private final ChildProcess process;
  private final Path errors;
  private final HttpClient http = HttpClient.newHttpClient();
  final World world;
  final int port = Ports.free();
  final int management = Ports.free();

  AttackedService(Path directory) {
    world = World.withLateEngine(Map.of());
    errors = directory.resolve("errors");
    new UserTable(world.jdbc()).add(ADMIN, ServiceWorld.passwordHash(), Role.SUPER_ADMIN, null);
    Map<String, String> environment = new HashMap<>(world.environment());
    environment.put("SERVER_PORT", String.valueOf(port));
    environment.put("MANAGEMENT_SERVER_PORT", String.valueOf(management));
    environment.put("RECONCILER_TRUSTED_PROXIES", PROXY);
    environment.put("RECONCILER_MANAGEMENT_HOSTS", "ops.example");
    environment.put("RECONCILER_SCHEDULE", "0 0 0 1 1 ? 2099");
    environment.put("RECONCILER_JWT_SECRET", UUID.randomUUID().toString());
    process = ChildProcess.start(environment, errors, "serve");
    await().atMost(PatientWaits.PROCESS_PATIENCE).until(this::isReady);
  }

  boolean isReady() {
    return management("readiness") == 200;
  }

  int management(String probe) {
    try {
      return send(HttpRequest.newBuilder(uri(management, "/actuator/health/" + probe))
              .timeout(Duration.ofSeconds(5)))
          .statusCode();
    } catch (IOException e) {
      return 0;
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  String log() throws IOException {
    return Files.readString(errors);
  }

  /** A token of the administrator, within five seconds. */
  String token() throws IOException {
    HttpResponse<String> answer =
        send(
            HttpRequest.newBuilder(uri(port, "/api/auth/login"))
                .timeout(Duration.ofSeconds(5))
                .header("Content-Type", "application/json")
                .POST(
                    BodyPublishers.ofString(
                        "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(ADMIN, PASSWORD))));
    return answer.body().replaceAll(".*\"token\":\"([^\"]+)\".*", "$1");
  }

  /** The header with which the administrator signs in at the management port. */
  static String basic() {
    String login = ADMIN + ":" + PASSWORD;
    return "Authorization: Basic "
        + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8))
        + "\r\n";
  }

  /** What Jolokia says to this, asked by the administrator from this address. */
  String jolokia(String from, String body, String... headers) throws IOException {
    try (RawHttp http = RawHttp.open(management, from)) {
      http.say(
          RawHttp.head(
                  "POST /actuator/jolokia",
                  String.join("", headers)
                      + basic()
                      + "Content-Type: application/json\r\nConnection: close\r\nContent-Length: "
                      + body.length()
                      + "\r\n")
              + body);
      return http.answer();
    }
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static URI uri(int port, String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  /** What lies in its heap after everything that can go has gone, megabytes. */
  long heap() throws Exception {
    jcmd("GC.run");
    Matcher used = USED.matcher(jcmd("GC.heap_info"));
    long sum = 0;
    while (used.find() && sum == 0) {
      sum += Long.parseLong(used.group(1));
    }
    return sum / 1024;
  }

  private String jcmd(String command) throws IOException {
    Process tool =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/jcmd",
                String.valueOf(process.pid()),
                command)
            .redirectErrorStream(true)
            .start();
    return new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    process.close();
    world.close();
  }
}
