package io.reconciler.service.web;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.service.api.TableProblems;
import io.reconciler.service.user.Role;
import io.reconciler.world.ServiceWorld;
import io.reconciler.world.World;
import java.net.CookieManager;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** Who asks can't be looked up, since the table of users is not what it was. */
@Isolated("What is logged is among its subjects, and other classes set logging up anew.")
class ChangedUsersTest {

  private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

  private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final HttpClient browser =
      HttpClient.newBuilder()
          .cookieHandler(new CookieManager())
          .followRedirects(HttpClient.Redirect.NORMAL)
          .build();
  private ServiceWorld service;
  private World world;
  private String record;
  private String admin;

  @BeforeEach
  void fresh() {
    service = ServiceWorld.shared();
    world = service.world();
    record = world.leads().create(Map.of("First Name", "Ada", "Notes", "called"));
    assertThat(world.sync().failure()).isNull();
    admin = service.newToken("root@x.com", Role.SUPER_ADMIN, null);
    log.start();
    root.addAppender(log);
  }

  @AfterEach
  void stopListening() {
    root.detachAppender(log);
  }

  private HttpResponse<String> api(String method, String path, @Nullable String body) {
    return service.send(method, path, body == null ? admin : null, body);
  }

  private HttpResponse<String> login() {
    return api(
        "POST",
        "/api/auth/login",
        "{\"email\":\"root@x.com\",\"password\":\"" + ServiceWorld.PASSWORD + "\"}");
  }

  private HttpResponse<String> page(@Nullable String form) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(service.uri(form == null ? "/" : "/login"))
            .header("Accept", "text/html");
    if (form != null) {
      request
          .header("Content-Type", "application/x-www-form-urlencoded")
          .POST(BodyPublishers.ofString(form));
    }
    return browser.send(request.build(), BodyHandlers.ofString());
  }

  private String form() throws Exception {
    HttpResponse<String> page =
        browser.send(
            HttpRequest.newBuilder(service.uri("/login")).build(), BodyHandlers.ofString());
    Matcher token = TOKEN.matcher(page.body());
    assertThat(token.find()).as(page.body()).isTrue();
    return "_csrf="
        + token.group(1)
        + "&email=root@x.com&password="
        + ServiceWorld.PASSWORD.replace(' ', '+');
  }

  private void assertTold(HttpResponse<String> answer, String text) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).hasValue("60");
    assertThat(answer.body()).contains("a table is not as the mapping has it: " + text);
    List<ILoggingEvent> lines =
        log.list.stream().filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN)).toList();
    assertThat(lines)
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.getThrowableProxy()).isNull();
              assertThat(line.getFormattedMessage()).contains(text).doesNotContain("\n");
            });
    log.list.clear();
  }

  private void execute(String sql) {
    world.jdbc().sql(sql).update();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          alter table users rename is_active to active | alter table users rename active to is_active | users has no column is_active: signing in needs it
          alter table users rename role to kind | alter table users rename kind to role | users has no column role: signing in needs it
          alter table users rename client_id to client | alter table users rename client to client_id | users has no column client_id: signing in needs it
          alter table users rename to people | alter table people rename to users | no table users in the schema public
          alter table users alter id type text | alter table users alter id type uuid using id::uuid | users.id is text; it must be uuid
          """)
  void nobody_is_taken_for_unknown(String change, String back, String text) throws Exception {
    Map<String, JsonNode> there = world.leads().cells(record);
    Map<String, Object> here = world.lead(record);
    String form = form();
    assertThat(page(form).body()).contains("The last 7 days");
    TableProblems tables = service.service().context().getBean(TableProblems.class);
    assertThat(tables.list()).isEmpty();
    execute(change);
    try {
      if (!change.contains("type text")) {
        assertTold(login(), text);
      }
      assertTold(api("GET", "/api/leads", null), text);
      assertTold(api("GET", "/api/admin/runs", null), text);
      assertTold(page(null), text);
      String again = form();
      if (!change.contains("type text")) {
        assertTold(page(again), text);
      }
      // Which the health part of this name shows.
      assertThat(tables.list()).singleElement().asString().startsWith(text);
    } finally {
      execute(back);
    }
    assertThat(tables.list()).isEmpty();
    assertThat(login().statusCode()).isEqualTo(200);
    assertThat(api("GET", "/api/leads", null).statusCode()).isEqualTo(200);
    assertThat(page(null).body()).contains("The last 7 days");
    assertThat(world.leads().cells(record)).isEqualTo(there);
    assertThat(world.lead(record)).isEqualTo(here);
    assertThat(log.list).noneMatch(event -> event.getLevel().isGreaterOrEqual(Level.WARN));
  }
}
