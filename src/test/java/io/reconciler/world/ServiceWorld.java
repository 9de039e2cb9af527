package io.reconciler.world;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.reconciler.program.boot.TestService;
import io.reconciler.service.user.Role;
import io.reconciler.service.user.UserTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/** A world whose service is up: API and pages over real HTTP. */
public final class ServiceWorld implements AutoCloseable {

  /** Everybody's password. */
  public static final String PASSWORD = "correct horse";

  /** What signs the tokens. */
  public static final String SECRET = "0123456789abcdef0123456789abcdef";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final World world;
  private final TestService service;
  private final UserTable users;
  private final HttpClient http = HttpClient.newHttpClient();

  private ServiceWorld(World world, TestService service) {
    this.world = world;
    this.service = service;
    this.users = new UserTable(world.jdbc());
  }

  /**
   * One service for all tests that change nothing but data; emptied for the caller, never closed.
   */
  public static ServiceWorld shared() {
    Shared.SERVICE.world().fresh();
    return Shared.SERVICE;
  }

  /** A service on this clock, with more properties. */
  public static ServiceWorld open(Clock clock, Map<String, Object> properties) {
    return open(clock, properties, Map.of());
  }

  /** The same, with more variables as in the environment. */
  public static ServiceWorld open(
      Clock clock, Map<String, Object> properties, Map<String, String> environment) {
    Map<String, String> variables = new HashMap<>(environment);
    variables.put("RECONCILER_JWT_SECRET", SECRET);
    variables.put("RECONCILER_AIRTABLE_MONTHLY_QUOTA", "100000");
    World world = World.withLateEngine(variables);
    return new ServiceWorld(
        world,
        TestService.start(world.settings(), world.mapping(), world.database(), clock, properties));
  }

  /** Both sides. */
  public World world() {
    return world;
  }

  /** The service. */
  public TestService service() {
    return service;
  }

  /** Adds a user, with the password of all; its id. */
  public UUID addUser(String email, Role role, @Nullable UUID client) {
    users.add(email, passwordHash(), role, client);
    return users.byEmail(email).orElseThrow().id();
  }

  /** What is stored of everybody's password. */
  public static String passwordHash() {
    return HashHolder.HASH;
  }

  /** The token of a user who signs in. */
  public String token(String email) {
    HttpResponse<String> answer =
        send(
            "POST",
            "/api/auth/login",
            null,
            "{\"email\":\"" + email + "\",\"password\":\"" + PASSWORD + "\"}");
    return json(answer).path("token").asText();
  }

  /** A new user's token. */
  public String newToken(String email, Role role, @Nullable UUID client) {
    addUser(email, role, client);
    return token(email);
  }

  /** Sends a request and waits for its answer. */
  public HttpResponse<String> send(
      String method, String path, @Nullable String token, @Nullable String body) {
    return send(request(method, path, token, body).build());
  }

  /** Sends a request and waits for its answer. */
  public HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A request that can be changed before it is sent. */
  public HttpRequest.Builder request(
      String method, String path, @Nullable String token, @Nullable String body) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
    request.method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return request;
  }

  /** Where a path is. */
  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + service.port() + path);
  }

  /** The JSON of an answer. */
  public static JsonNode json(HttpResponse<String> answer) {
    try {
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    service.close();
    world.close();
  }

  private static final class Shared {
    static final ServiceWorld SERVICE =
        open(Clock.systemUTC(), Map.of(TestService.NODES_IN_JMX, "Default"));

    static {
      // Not while somebody listens to the log, which a start sets up anew.
      SERVICE.world().engine();
    }
  }

  // One hash for all, and of the lowest cost, as one of the portal's may be: hundreds sign in, and
  // each would take a tenth of a second and more. What a hash costs is the subject of SignInTest.
  private static final class HashHolder {
    static final String HASH = new BCryptPasswordEncoder(4).encode(PASSWORD);
  }
}
