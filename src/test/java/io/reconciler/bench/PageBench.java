package io.reconciler.bench;

import io.reconciler.service.user.Role;
import io.reconciler.world.ServiceWorld;
import io.reconciler.world.World;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long each page takes with 100,000 leads, 10,000 runs and 5,000 dead letters. */
public final class PageBench {

  private static final int WARM_UP = 20;
  private static final int ROUNDS = 21;
  private static final long MOST_MS = 150;
  private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

  private static final String LEADS =
      """
      insert into leads (id, client_id, airtable_record_id, first_name, last_name, email, company, notes,
        is_active, created_at, updated_at)
      select gen_random_uuid(), ?, 'rec' || lpad(cast(i as text), 14, '0'), 'First' || i % 500, 'Last' || i,
        'lead' || i || '@example.com', 'Company ' || i % 900, repeat('a note ', 20), true, now(), now()
      from generate_series(1, 100000) i""";
  private static final String AGREED =
      """
      insert into reconciler.agreed_value (airtable_record_id, client_id, table_name, agreed, intent, pending)
      select airtable_record_id, client_id, 'leads', jsonb_build_object('notes', jsonb_build_object('notes', notes)),
        '{}', random() < 0.01
      from leads""";
  private static final String RUNS =
      """
      insert into reconciler.run (id, client_id, base_id, trigger, requester, window_minutes, full_sweep,
        started_at, ended_at, outcome, result)
      select gen_random_uuid(), ?, ?, 'schedule', 'schedule', 20, false, now() - i * interval '1 minute',
        now() - i * interval '1 minute' + interval '2 seconds', 'succeeded', jsonb_build_object(
          'airtableRequests', 12, 'rateLimitWaits', 0,
          'stage1', jsonb_build_object('recordsProcessed', 40, 'inserted', 1, 'updated', 9, 'unchanged', 30,
            'deactivated', 0, 'errors', '[]'::jsonb, 'errorCount', 0),
          'stage2', jsonb_build_object('recordsProcessed', 9, 'updated', 4, 'skipped', 5, 'conflicts', 0,
            'errors', '[]'::jsonb, 'errorCount', 0))
      from generate_series(1, 10000) i""";
  private static final String CHANGES =
      """
      insert into reconciler.run_change (run_id, client_id, table_name, airtable_record_id, kind, changes, at)
      select r.id, r.client_id, 'leads', 'rec' || lpad(cast(1 + (n * 7919 + i) % 100000 as text), 14, '0'), 'pull',
        '{"company": {"from": "a", "to": "b"}}', r.started_at
      from (select *, row_number() over () as n from reconciler.run) r, generate_series(1, 20) i""";
  private static final String LETTERS =
      """
      insert into reconciler.dead_letter (id, client_id, run_id, table_name, stage, airtable_record_id, field, reason,
        payload, attempts, first_at, last_at, next_attempt_at, status)
      select gen_random_uuid(), ?, gen_random_uuid(), 'leads', 'pull', 'rec' || lpad(cast(i as text), 14, '0'),
        'claimed_by', 'is not a UUID: "kit' || i || '@example.test"',
        jsonb_build_object('value', '"kit' || i || '@example.test"'), 3, now(), now() - i * interval '1 second', now(),
        'open'
      from generate_series(1, 5000) i""";
  private static final String CONFLICTS =
      """
      insert into reconciler.conflict (id, client_id, run_id, table_name, stage, airtable_record_id, field_group, policy,
        winner, agreed, airtable, portal, airtable_modified_at, portal_modified_at, detected_at)
      select gen_random_uuid(), ?, gen_random_uuid(), 'leads', 'pull', 'rec' || lpad(cast(i as text), 14, '0'), 'notes',
        'merge-lines', 'airtable', '{"notes": "one"}', '{"notes": "one two"}', '{"notes": "three"}', now(), now(),
        now() - i * interval '1 second'
      from generate_series(1, 2000) i""";

  private final ServiceWorld service;
  private final HttpClient http =
      HttpClient.newBuilder()
          .cookieHandler(new CookieManager())
          .followRedirects(HttpClient.Redirect.NORMAL)
          .build();

  private PageBench(ServiceWorld service) {
    this.service = service;
  }

  /** Prints a line a page; ends with 1 when one of them takes longer than it may. */
  public static void main(String[] arguments) throws Exception {
    try (ServiceWorld service = ServiceWorld.open(Clock.systemUTC(), Map.of())) {
      System.exit(new PageBench(service).run());
    }
  }

  private int run() throws Exception {
    fill();
    signIn();
    String run =
        world().jdbc().sql("select id from reconciler.run limit 1").query(String.class).single();
    int slow = 0;
    for (String path :
        List.of(
            "/",
            "/runs",
            "/runs?requester=schedule&outcome=succeeded",
            "/runs/" + run,
            "/conflicts",
            "/dead-letters",
            "/dead-letters?field=claimed_by&reason=UUID",
            "/records",
            "/records?q=lead77777@example.com",
            "/records?q=First499",
            "/records?q=rec00000000077777",
            "/records/leads/rec00000000000777",
            "/check",
            "/verify",
            "/tables")) {
      long median = median(path);
      System.out.printf(Locale.ROOT, "%5d ms  %s%n", median, path);
      slow += median > MOST_MS ? 1 : 0;
    }
    return slow == 0 ? 0 : 1;
  }

  private World world() {
    return service.world();
  }

  private void fill() {
    world().jdbc().sql(LEADS).param(world().clientId()).update();
    world().jdbc().sql(AGREED).update();
    world().jdbc().sql(RUNS).param(world().clientId()).param(world().baseId()).update();
    world().jdbc().sql(CHANGES).update();
    world().jdbc().sql(LETTERS).param(world().clientId()).update();
    world().jdbc().sql(CONFLICTS).param(world().clientId()).update();
    world().jdbc().sql("analyze").update();
  }

  private void signIn() throws Exception {
    service.addUser("ann@example.com", Role.SUPER_ADMIN, null);
    Matcher token = TOKEN.matcher(get("/login").body());
    token.find();
    String form =
        "_csrf=%s&email=ann@example.com&password=%s"
            .formatted(encoded(token.group(1)), encoded(ServiceWorld.PASSWORD));
    http.send(
        HttpRequest.newBuilder(service.uri("/login"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form))
            .build(),
        BodyHandlers.ofString());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private long median(String path) throws Exception {
    for (int i = 0; i < WARM_UP; i++) {
      get(path);
    }
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      long start = System.nanoTime();
      int status = get(path).statusCode();
      times.add((System.nanoTime() - start) / 1_000_000);
      if (status != 200) {
        throw new IllegalStateException(path + ": " + status);
      }
    }
    return times.stream().sorted().skip(ROUNDS / 2).findFirst().orElseThrow();
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(HttpRequest.newBuilder(service.uri(path)).build(), BodyHandlers.ofString());
  }
}
