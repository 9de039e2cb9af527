package io.reconciler.service.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reconciler.service.user.Role;
import io.reconciler.service.user.User;
import io.reconciler.service.user.UserTable;
import io.reconciler.world.MutableClock;
import io.reconciler.world.ServiceWorld;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;

/** What goes on, as a browser follows it by server-sent events. */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FollowTest {

  private static final String ANN = "ann@example.com";
  private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

  private final HttpClient browser =
      HttpClient.newBuilder()
          .cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL))
          .followRedirects(HttpClient.Redirect.NORMAL)
          .build();
  private ServiceWorld service;

  @BeforeEach
  void fresh() throws Exception {
    use(ServiceWorld.shared());
  }

  private void use(ServiceWorld one) throws Exception {
    service = one;
    service.addUser(ANN, Role.SUPER_ADMIN, null);
    post("/login", "email=" + ANN + "&password=" + ServiceWorld.PASSWORD.replace(' ', '+'));
  }

  private HttpResponse<String> post(String path, String form) throws Exception {
    Matcher token =
        TOKEN.matcher(
            browser
                .send(
                    HttpRequest.newBuilder(service.uri("/login")).build(), BodyHandlers.ofString())
                .body());
    assertThat(token.find()).isTrue();
    return browser.send(
        HttpRequest.newBuilder(service.uri(path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(
                BodyPublishers.ofString(
                    form + "&_csrf=" + URLEncoder.encode(token.group(1), StandardCharsets.UTF_8)))
            .build(),
        BodyHandlers.ofString());
  }

  private UUID run() {
    UUID id = UUID.randomUUID();
    service
        .world()
        .jdbc()
        .sql(
            """
            with run as (
              insert into reconciler.run (id, client_id, base_id, trigger, requester, window_minutes, full_sweep, started_at, outcome)
              values (:id, :client, :base, 'cli', 'kit', 20, false, now(), 'running'))
            insert into reconciler.run_progress (run_id, progress, at) values (:id, '{"pulled": 1234}', now())""")
        .param("id", id)
        .param("client", service.world().clientId())
        .param("base", service.world().baseId())
        .update();
    return id;
  }

  private void came(UUID run, int records) {
    service
        .world()
        .jdbc()
        .sql("update reconciler.run_progress set progress = :progress::jsonb where run_id = :id")
        .param("progress", "{\"pulled\": " + records + "}")
        .param("id", run)
        .update();
  }

  private void ended(UUID run) {
    service
        .world()
        .jdbc()
        .sql("update reconciler.run set outcome = 'succeeded', ended_at = now() where id = :id")
        .param("id", run)
        .update();
  }

  private HttpResponse<InputStream> stream(String path) throws Exception {
    return browser.send(
        HttpRequest.newBuilder(service.uri(path)).header("Accept", "text/event-stream").build(),
        BodyHandlers.ofInputStream());
  }

  private static BufferedReader lines(HttpResponse<InputStream> answer) {
    assertThat(answer.statusCode()).isEqualTo(200);
    return new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
  }

  private static void awaitLine(BufferedReader lines, String text) throws IOException {
    String line = lines.readLine();
    while (line != null && !line.contains(text)) {
      line = lines.readLine();
    }
    assertThat(line).as("a line with " + text).isNotNull();
  }

  private static void awaitEnd(BufferedReader lines) throws IOException {
    awaitLine(lines, "event:end");
    assertThat(lines.lines().toList()).containsOnly("data:", "");
  }

  private Followers followers() {
    return service.service().context().getBean(Followers.class);
  }

  @Test
  void a_run_that_another_process_does_is_told_until_it_has_ended() throws Exception {
    UUID run = run();
    HttpResponse<InputStream> answer = stream("/runs/" + run + "/stream");
    BufferedReader lines = lines(answer);
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/event-stream");
    assertThat(answer.headers().firstValue("X-Accel-Buffering")).hasValue("no");
    awaitLine(lines, "event:part");
    awaitLine(lines, "1,234");
    came(run, 5_678);
    awaitLine(lines, "5,678");
    ended(run);
    awaitEnd(lines);
    await().untilAsserted(() -> assertThat(followers().count()).isZero());
  }

  @Test
  void the_runs_that_go_on_are_told_whoever_began_them() throws Exception {
    BufferedReader lines = lines(stream("/runs/live/stream?since=" + Instant.now()));
    awaitLine(lines, "The run is about to begin");
    UUID run = run();
    awaitLine(lines, "1,234");
    // The button to stop it came with the stream, with the token that it needs.
    ended(run);
    awaitEnd(lines);
  }

  @Test
  void a_stream_ends_with_its_session() throws Exception {
    BufferedReader lines = lines(stream("/runs/" + run() + "/stream"));
    awaitLine(lines, "1,234");
    post("/logout", "");
    awaitEnd(lines);
    assertThat(stream("/runs/live/stream?since=" + Instant.now()).statusCode()).isEqualTo(401);
  }

  @Test
  void a_stream_ends_with_the_right_to_see_it() throws Exception {
    BufferedReader lines = lines(stream("/runs/" + run() + "/stream"));
    awaitLine(lines, "1,234");
    service.world().jdbc().sql("update users set is_active = false").update();
    awaitEnd(lines);
  }

  @Test
  void a_page_that_was_closed_leaves_nothing_behind_and_no_browser_gets_too_many()
      throws Exception {
    UUID run = run();
    InputStream[] streams = new InputStream[Followers.MOST_OF_A_SESSION];
    for (int i = 0; i < streams.length; i++) {
      streams[i] = stream("/runs/" + run + "/stream").body();
    }
    assertThat(stream("/runs/" + run + "/stream").statusCode()).isEqualTo(204);
    for (InputStream each : streams) {
      each.close();
    }
    await().untilAsserted(() -> assertThat(followers().count()).isZero());
    lines(stream("/runs/" + run + "/stream")).close();
  }

  @Test
  void only_what_is_there_is_followed_and_only_by_a_get() throws Exception {
    assertThat(stream("/runs/" + UUID.randomUUID() + "/stream").statusCode()).isEqualTo(404);
    assertThat(
            browser
                .send(
                    HttpRequest.newBuilder(service.uri("/runs/" + run() + "/stream"))
                        .method("HEAD", BodyPublishers.noBody())
                        .build(),
                    BodyHandlers.discarding())
                .statusCode())
        .isEqualTo(204);
    assertThat(followers().count()).isZero();
  }

  @Test
  void the_end_of_the_service_ends_its_streams() throws Exception {
    BufferedReader lines;
    try (ServiceWorld own = ServiceWorld.open(Clock.systemUTC(), Map.of())) {
      use(own);
      lines = lines(stream("/runs/" + run() + "/stream"));
      awaitLine(lines, "1,234");
    }
    // To its end, not cut off: the server had not to wait for it. A browser comes again.
    assertThat(lines.lines().toList()).doesNotContain("event:end");
  }

  @Test
  void what_many_follow_is_read_once_and_each_comes_again_after_a_while() throws Exception {
    MutableClock clock = new MutableClock(Instant.now());
    UserTable users = new UserTable(service.world().jdbc());
    User ann = users.byEmail(ANN).orElseThrow();
    AtomicInteger reads = new AtomicInteger();
    try (Followers followers = new Followers(users, Duration.ofDays(1), clock)) {
      for (int i = 0; i < Followers.MOST; i++) {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/");
        request.setSession(new MockHttpSession());
        followers.open("it", () -> part(reads), ann, request, new MockHttpServletResponse());
      }
      MockHttpServletResponse full = new MockHttpServletResponse();
      MockHttpServletRequest request = new MockHttpServletRequest("GET", "/");
      request.setSession(new MockHttpSession());
      assertThat(followers.open("it", () -> part(reads), ann, request, full)).isNull();
      assertThat(full.getStatus()).isEqualTo(204);
      assertThat(followers.count()).isEqualTo(Followers.MOST);
      int before = reads.get();
      followers.look();
      assertThat(reads.get()).isEqualTo(before + 1);
      clock.forward(Followers.LONGEST);
      followers.look();
      assertThat(reads.get()).isEqualTo(before + 1);
    }
  }

  private static LivePart part(AtomicInteger reads) {
    reads.incrementAndGet();
    return new LivePart("run :: part", Map.of(), true);
  }
}
