package io.reconciler.service.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.service.user.Role;
import io.reconciler.world.ServiceWorld;
import io.reconciler.world.World;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.HttpCookie;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The pages as a browser sees them, cookies and forms included. */
class PagesTest {

  private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

  private static final Pattern ACTION = Pattern.compile("action=\"(/[a-z-]+/[^\"]+)\"");

  private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
  private final HttpClient browser =
      HttpClient.newBuilder()
          .cookieHandler(cookies)
          .followRedirects(HttpClient.Redirect.NORMAL)
          .build();
  private ServiceWorld service;
  private World world;

  @BeforeEach
  void fresh() {
    service = ServiceWorld.shared();
    world = service.world();
    service.addUser("ann@example.com", Role.SUPER_ADMIN, null);
  }

  private HttpResponse<String> get(String path) throws Exception {
    return browser.send(HttpRequest.newBuilder(service.uri(path)).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, String form) throws Exception {
    return browser.send(form(path, form).build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder form(String path, String form) {
    return HttpRequest.newBuilder(service.uri(path))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(BodyPublishers.ofString(form));
  }

  private static String csrf(HttpResponse<String> page) {
    Matcher token = TOKEN.matcher(page.body());
    assertThat(token.find()).as(page.body()).isTrue();
    return "_csrf=" + URLEncoder.encode(token.group(1), StandardCharsets.UTF_8);
  }

  private HttpResponse<String> signIn(String email, String password) throws Exception {
    return post(
        "/login",
        csrf(get("/login"))
            + "&email="
            + email
            + "&password="
            + URLEncoder.encode(password, StandardCharsets.UTF_8));
  }

  @Test
  void who_is_not_signed_in_sees_the_form_and_nothing_else() throws Exception {
    HttpResponse<String> page = get("/");
    assertThat(page.uri().getPath()).isEqualTo("/login");
    assertThat(page.body()).contains("Sign in").doesNotContain("The last 7 days");
    assertThat(get("/api-docs").uri().getPath()).isEqualTo("/login");
    assertThat(get("/nothing").uri().getPath()).isEqualTo("/login");
  }

  @Test
  void an_administrator_signs_in_looks_and_signs_out() throws Exception {
    HttpResponse<String> page = signIn("ann@example.com", ServiceWorld.PASSWORD);
    assertThat(page.uri().getPath()).isEqualTo("/");
    assertThat(page.body()).contains("The last 7 days", "ann@example.com", world.baseId());
    assertThat(get("/api-docs").statusCode()).isEqualTo(200);
    assertThat(get("/api-docs/openapi.json").body()).contains("/api/leads/{id}/claim", "limit");
    post("/logout", csrf(page));
    assertThat(get("/").uri().getPath()).isEqualTo("/login");
  }

  @Test
  void the_overview_shows_the_requests_of_the_month_beside_the_quota() throws Exception {
    world.sync();
    HttpResponse<String> page = signIn("ann@example.com", ServiceWorld.PASSWORD);
    assertThat(page.body())
        .contains(world.sandbox().requests().size() + " of 100,000 requests this month");
  }

  @Test
  void what_cannot_be_decoded_is_refused_as_malformed() throws Exception {
    assertThat(get("/login?x=%FF").statusCode()).isEqualTo(400);
  }

  @Test
  void a_filter_with_what_the_database_cannot_hold_is_refused_by_a_page() throws Exception {
    signIn("ann@example.com", ServiceWorld.PASSWORD);
    for (String path :
        List.of(
            "/conflicts?group=a%00b",
            "/conflicts?reason=%00",
            "/dead-letters?field=%00",
            "/records?q=a%00",
            "/records?q=%ED%A0%80",
            "/records/leads/a%00b",
            "/runs?client=%00",
            "/runs?outcome=%00",
            "/runs?requester=%00")) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(service.uri(path)).header("Accept", "text/html");
      HttpResponse<String> answer = browser.send(request.build(), BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(path).isEqualTo(400);
      assertThat(answer.body()).as(path).doesNotContain("select ", "\tat ");
    }
  }

  @Test
  void a_page_on_a_table_that_somebody_has_locked_says_so_soon() throws Exception {
    signIn("ann@example.com", ServiceWorld.PASSWORD);
    long begun = System.nanoTime();
    HttpResponse<String> page;
    try (Connection held = world.database().getConnection()) {
      held.setAutoCommit(false);
      held.createStatement().execute("lock table leads in access exclusive mode");
      HttpRequest.Builder request =
          HttpRequest.newBuilder(service.uri("/records?q=Ada")).header("Accept", "text/html");
      page = browser.send(request.build(), BodyHandlers.ofString());
      held.rollback();
      held.setAutoCommit(true);
    }

    assertThat(page.statusCode()).as(page.body()).isEqualTo(503);
    assertThat(page.headers().firstValue("Retry-After")).isPresent();
    assertThat(page.body())
        .contains("<html", "transaction holds this lead, or a table")
        .doesNotContain("select ");
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(15));
    assertThat(get("/records?q=Ada").statusCode()).isEqualTo(200);
  }

  @Test
  void a_page_on_a_table_that_has_another_shape_says_so_and_what_to_do() throws Exception {
    signIn("ann@example.com", ServiceWorld.PASSWORD);
    HttpResponse<String> page;
    world.jdbc().sql("alter table leads rename title to job").update();
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(service.uri("/records?q=Ada")).header("Accept", "text/html");
      page = browser.send(request.build(), BodyHandlers.ofString());
    } finally {
      world.jdbc().sql("alter table leads rename job to title").update();
    }

    assertThat(page.statusCode()).as(page.body()).isEqualTo(503);
    assertThat(page.headers().firstValue("Retry-After")).isPresent();
    assertThat(page.body())
        .contains("<html", "leads has no column title", "reconciler check")
        .doesNotContain("select ");
    assertThat(get("/records?q=Ada").statusCode()).isEqualTo(200);
  }

  @Test
  void a_form_with_what_the_database_cannot_hold_is_refused_and_starts_nothing() throws Exception {
    String token = csrf(signIn("ann@example.com", ServiceWorld.PASSWORD));
    for (String form :
        List.of(
            "/sync client=%00",
            "/verify client=a%00b",
            "/conflicts/bulk action=apply&all=true&group=%00",
            "/dead-letters/bulk action=discard&all=true&reason=a%00",
            "/login email=a%00b&password=x")) {
      String[] parts = form.split(" ", 2);
      HttpResponse<String> answer = post(parts[0], token + "&" + parts[1]);
      assertThat(answer.statusCode()).as(form + answer.body()).isEqualTo(400);
    }
    assertThat(world.count("select count(*) from reconciler.run")).isZero();
  }

  @Test
  void a_wrong_password_is_told_and_lets_nobody_in() throws Exception {
    HttpResponse<String> page = signIn("ann@example.com", "wrong wrong");
    assertThat(page.body()).contains("Unknown e-mail address or wrong password.");
    assertThat(get("/").uri().getPath()).isEqualTo("/login");
  }

  @Test
  void whoever_is_no_administrator_gets_403() throws Exception {
    service.addUser("bob@example.com", Role.CLIENT_ADMIN, world.clientId());
    HttpResponse<String> page = signIn("bob@example.com", ServiceWorld.PASSWORD);
    assertThat(page.statusCode()).isEqualTo(403);
    assertThat(page.body()).doesNotContain("The last 7 days");
  }

  @Test
  void a_session_ends_with_the_right_to_it() throws Exception {
    signIn("ann@example.com", ServiceWorld.PASSWORD);
    world.jdbc().sql("update users set is_active = false").update();
    assertThat(get("/").statusCode()).isEqualTo(403);
  }

  @Test
  void pages_come_with_a_strict_policy_and_no_inline_script_or_style() throws Exception {
    HttpResponse<String> page = signIn("ann@example.com", ServiceWorld.PASSWORD);
    assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'", "frame-ancestors 'none'", "form-action 'self'")
        .doesNotContain("unsafe");
    assertThat(page.headers().firstValue("X-Frame-Options")).hasValue("DENY");
    assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    // Every script is a file of ours.
    assertThat(page.body().replaceAll("<script src=\"/[^\"]+\" defer></script>", ""))
        .doesNotContain("<script", "<style", "style=");
  }

  @Test
  void only_who_signs_in_gets_a_session() throws Exception {
    HttpResponse<String> login =
        service.send(HttpRequest.newBuilder(service.uri("/login")).build());
    assertThat(login.headers().allValues("Set-Cookie"))
        .singleElement()
        .satisfies(c -> assertThat(c).startsWith("XSRF-TOKEN=").contains("HttpOnly", "Strict"));
    signIn("ann@example.com", "wrong wrong");
    assertThat(session()).isEmpty();
    signIn("ann@example.com", ServiceWorld.PASSWORD);
    assertThat(session()).hasValueSatisfying(c -> assertThat(c.isHttpOnly()).isTrue());
  }

  @Test
  void a_user_has_so_many_sessions_and_the_oldest_makes_room() throws Exception {
    signIn("ann@example.com", ServiceWorld.PASSWORD);
    HttpCookie first = session().orElseThrow();
    for (int i = 0; i < Sessions.MOST_OF_A_USER; i++) {
      cookies.getCookieStore().removeAll();
      signIn("ann@example.com", ServiceWorld.PASSWORD);
    }
    assertThat(get("/").uri().getPath()).isEqualTo("/");
    cookies.getCookieStore().removeAll();
    cookies.getCookieStore().add(service.uri("/"), first);
    assertThat(get("/").uri().getPath()).isEqualTo("/login");
  }

  @Test
  void another_password_ends_the_session_and_leads_to_the_form() throws Exception {
    signIn("ann@example.com", ServiceWorld.PASSWORD);
    assertThat(get("/").uri().getPath()).isEqualTo("/");
    world.jdbc().sql("update users set password_hash = 'x'").update();
    assertThat(get("/").uri().getPath()).isEqualTo("/login");
  }

  private Optional<HttpCookie> session() {
    return cookies.getCookieStore().getCookies().stream()
        .filter(cookie -> cookie.getName().equals("JSESSIONID"))
        .findFirst();
  }

  @Test
  void a_form_without_its_token_changes_nothing() throws Exception {
    signIn("ann@example.com", ServiceWorld.PASSWORD);
    assertThat(post("/sync", "").statusCode()).isEqualTo(403);
    assertThat(world.count("select count(*) from reconciler.run")).isZero();
  }

  @Test
  void sync_now_starts_a_run_in_the_name_of_the_user() throws Exception {
    world.leads().create(Map.of("First Name", "Ada"));
    HttpResponse<String> page = signIn("ann@example.com", ServiceWorld.PASSWORD);
    HttpResponse<String> after = post("/sync", csrf(page));
    assertThat(after.statusCode()).isEqualTo(200);
    assertThat(after.uri().getPath()).isEqualTo("/runs/live");
    Awaitility.await()
        .until(
            () ->
                world.count(
                        "select count(*) from reconciler.run where outcome = 'succeeded'"
                            + " and trigger = 'ui' and requester = 'ann@example.com'")
                    == 1);
    assertThat(world.count("select count(*) from leads")).isEqualTo(1);
  }

  @Test
  void sync_now_says_why_nothing_runs() throws Exception {
    world.jdbc().sql("update clients set is_active = false").update();
    HttpResponse<String> page = signIn("ann@example.com", ServiceWorld.PASSWORD);
    assertThat(post("/sync", csrf(page)).body()).contains("No active client found in database");
  }

  @Test
  void conflicts_and_dead_letters_are_settled_by_their_buttons() throws Exception {
    String record = world.leads().create(Map.of("First Name", "Ada"));
    world.leads().create(Map.of("First Name", "Bob", "Claimed By", "somebody"));
    world.sync();
    world.portalEdit(record, Duration.ofMinutes(5), Map.of("claimed_by", UUID.randomUUID()));
    world.leads().update(record, Map.of("Claimed By", UUID.randomUUID().toString()));
    world.sync();
    signIn("ann@example.com", ServiceWorld.PASSWORD);
    int pressed = 0;
    for (String path : List.of("/conflicts", "/dead-letters")) {
      HttpResponse<String> page = get(path);
      Matcher action = ACTION.matcher(page.body());
      while (action.find()) {
        if (action.group(1).endsWith("/dismiss") || action.group(1).endsWith("/discard")) {
          assertThat(post(action.group(1), csrf(page)).body()).contains("class=\"told ");
          pressed++;
        }
      }
    }
    assertThat(pressed).isEqualTo(2);
    assertThat(world.count("select count(*) from reconciler.conflict where status = 'dismissed'"))
        .isEqualTo(1);
    assertThat(
            world.count("select count(*) from reconciler.dead_letter where status = 'discarded'"))
        .isEqualTo(1);
    HttpResponse<String> page = get("/conflicts");
    assertThat(post("/conflicts/x/apply", csrf(page)).statusCode()).isEqualTo(400);
    assertThat(post("/conflicts/" + UUID.randomUUID() + "/retry", csrf(page)).statusCode())
        .isEqualTo(404);
  }

  @Test
  void runs_are_filtered_by_table_where_it_is_known_which_they_took() throws Exception {
    String all = world.sync().runId().toString();
    String leads = world.sync().runId().toString();
    String other = world.sync().runId().toString();
    took(all, null);
    took(leads, "{leads,companies}");
    took(other, "{companies}");
    signIn("ann@example.com", ServiceWorld.PASSWORD);
    assertThat(get("/runs").body()).contains(all, leads, other);
    assertThat(get("/runs?table=leads").body()).contains(all, leads).doesNotContain(other);
    assertThat(get("/runs?table=companies").body()).contains(all, leads, other);
    assertThat(get("/runs?table=none").body()).contains(all).doesNotContain(leads, other);
    assertThat(get("/runs?table=leads&trigger=schedule").body()).doesNotContain(all, leads);
  }

  private void took(String run, @Nullable String tables) {
    world
        .jdbc()
        .sql("update reconciler.run set table_names = cast(? as text[]) where id = cast(? as uuid)")
        .param(tables)
        .param(run)
        .update();
  }

  @Test
  void what_is_open_is_counted_anew_when_an_entry_was_settled_in_place() throws Exception {
    world.leads().create(Map.of("First Name", "Bob", "Claimed By", "somebody"));
    world.sync();
    signIn("ann@example.com", ServiceWorld.PASSWORD);
    HttpResponse<String> page = get("/dead-letters");
    assertThat(page.body())
        .contains("id=\"open-dead-letters\">1<", "1 dead letter is open.")
        .contains("id=\"open-conflicts\" hidden=\"hidden\">0<");
    Matcher action = ACTION.matcher(page.body());
    while (action.find()) {
      if (action.group(1).endsWith("/discard")) {
        HttpRequest request =
            form(action.group(1), csrf(page)).header("HX-Request", "true").build();
        HttpResponse<String> told = browser.send(request, BodyHandlers.ofString());
        assertThat(told.headers().firstValue("HX-Trigger")).hasValue("open-changed");
      }
    }
    assertThat(get("/open?sentence=dead-letters").body())
        .contains("id=\"open-dead-letters\" hx-swap-oob=\"true\" hidden=\"hidden\"")
        .contains("No dead letter is open.");
    assertThat(get("/open?sentence=%3Ci%3E").body()).doesNotContain("<i>", "<h1");
  }

  @Test
  void every_page_answers_an_administrator_and_nobody_else() throws Exception {
    String record = world.leads().create(Map.of("First Name", "<i>Ada</i>", "Notes", "called"));
    world.sync();
    String run = world.jdbc().sql("select id from reconciler.run").query(String.class).single();
    List<String> paths =
        List.of(
            "/",
            "/runs?outcome=succeeded&trigger=cli",
            "/runs/" + run,
            "/runs/" + run + "/changes.csv",
            "/runs/live?since=2026-01-01T00:00:00Z",
            "/conflicts?group=notes&winner=merged&all=true",
            "/dead-letters?field=Phone&reason=x",
            "/records?q=Ada",
            "/records/leads/" + record,
            "/records/leads/" + record + "/sides",
            "/check",
            "/check/lines",
            "/open",
            "/verify",
            "/tables",
            "/first-start");
    for (String path : paths) {
      assertThat(get(path).uri().getPath()).as(path).isEqualTo("/login");
    }
    signIn("ann@example.com", ServiceWorld.PASSWORD);
    for (String path : paths) {
      HttpResponse<String> page = get(path);
      assertThat(page.statusCode()).as(path).isEqualTo(200);
      if (!path.endsWith(".csv")) {
        assertThat(page.body()).as(path).doesNotContain("<i>");
      }
    }
    assertThat(get("/records/leads/" + record + "/sides").body())
        .contains("Both sides hold the same.");
    assertThat(get("/runs/" + run + "/changes.csv").body()).contains("New here");
  }

  @Test
  void what_is_no_entry_or_no_filter_is_told_as_such() throws Exception {
    signIn("ann@example.com", ServiceWorld.PASSWORD);
    for (String path :
        List.of(
            "/runs/" + UUID.randomUUID(),
            "/records/leads/recNone",
            "/records/none/x",
            "/jobs/" + UUID.randomUUID(),
            "/conflicts/" + UUID.randomUUID())) {
      assertThat(get(path).statusCode()).as(path).isEqualTo(404);
    }
    for (String path :
        List.of(
            "/runs?after=x",
            "/runs/live?since=x",
            "/conflicts?winner=x",
            "/dead-letters?since=x",
            "/runs/x")) {
      assertThat(get(path).statusCode()).as(path).isEqualTo(400);
    }
  }

  @Test
  void without_a_client_the_overview_leads_to_the_first_run() throws Exception {
    world.jdbc().sql("delete from clients").update();
    signIn("ann@example.com", ServiceWorld.PASSWORD);
    assertThat(get("/").body()).contains("Three steps to the first run.", "schema.bases:read");
  }

  @Test
  void the_overview_says_that_the_quota_holds_the_schedule_back() throws Exception {
    signIn("ann@example.com", ServiceWorld.PASSWORD);
    assertThat(get("/").body()).contains("next <time").doesNotContain("starts nothing more");
    world
        .jdbc()
        .sql(
            "insert into reconciler.request_count values (?, date_trunc('month', now() at time zone"
                + " 'utc'), 99000) on conflict (base_id, month) do update set requests = 99000")
        .param(world.baseId())
        .update();

    assertThat(get("/").body())
        .contains("the schedule starts nothing more until the month turns")
        .doesNotContain("next <time");
  }

  @Test
  void a_part_of_a_page_takes_who_is_not_signed_in_to_the_form() throws Exception {
    HttpResponse<String> part =
        browser.send(
            HttpRequest.newBuilder(service.uri("/runs/live/part?since=2026-01-01T00:00:00Z"))
                .header("HX-Request", "true")
                .build(),
            BodyHandlers.ofString());
    assertThat(part.statusCode()).isEqualTo(401);
    assertThat(part.headers().firstValue("HX-Redirect")).hasValue("/login");
  }

  @Test
  void a_record_is_its_clients_own_where_another_client_has_the_same_id() throws Exception {
    String record = world.leads().create(Map.of("First Name", "Ada", "Notes", "of the first"));
    world.sync();
    // A base that was duplicated has the record ids of the first.
    UUID other = world.addClient("appOther000000001");
    world
        .jdbc()
        .sql(
            "insert into reconciler.agreed_value (client_id, table_name, airtable_record_id, agreed, intent, pending)"
                + " values (?, 'leads', ?, '{\"notes\": {\"notes\": \"of the second\"}}', '{}', false)")
        .params(other, record)
        .update();
    signIn("ann@example.com", ServiceWorld.PASSWORD);
    String first = get("/records/leads/" + record + "?client=" + world.clientId()).body();
    assertThat(first).contains("of the first").doesNotContain("of the second");
    String second = get("/records/leads/" + record + "?client=appOther000000001").body();
    assertThat(second).contains("of the second").doesNotContain("of the first");
    // Nobody said whose: they are all named.
    assertThat(get("/records/leads/" + record).body())
        .contains("Ada", "client=" + world.clientId())
        .doesNotContain("of the second");
  }
}
