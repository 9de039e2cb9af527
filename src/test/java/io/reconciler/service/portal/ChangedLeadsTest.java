package io.reconciler.service.portal;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.service.api.ApiAnswers;
import io.reconciler.service.user.Role;
import io.reconciler.world.ServiceWorld;
import io.reconciler.world.World;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** Requests on leads whose table is not as the mapping has it any more. */
@Isolated("What is logged is among its subjects, and other classes set logging up anew.")
class ChangedLeadsTest {

  private final Logger answers = (Logger) LoggerFactory.getLogger(ApiAnswers.class);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private ServiceWorld service;
  private World world;
  private String record;
  private String lead;
  private String ann;
  private String admin;

  @BeforeEach
  void fresh() {
    service = ServiceWorld.shared();
    world = service.world();
    record = world.leads().create(Map.of("First Name", "Ada", "Notes", "called"));
    assertThat(world.sync().failure()).isNull();
    lead = "/api/leads/" + world.lead(record).get("id");
    ann = service.newToken("ann@x.com", Role.CLIENT_USER, world.clientId());
    admin = service.newToken("root@x.com", Role.SUPER_ADMIN, null);
    log.start();
    answers.addAppender(log);
  }

  @AfterEach
  void stopListening() {
    answers.detachAppender(log);
  }

  private HttpResponse<String> get(String path) {
    return service.send("GET", path, admin, null);
  }

  private HttpResponse<String> claim() {
    return service.send("POST", lead + "/claim", ann, null);
  }

  private HttpResponse<String> note() {
    return service.send("POST", lead + "/notes", ann, "{\"note\":\"again\"}");
  }

  private void assertTold(HttpResponse<String> answer, String text) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    JsonNode body = ServiceWorld.json(answer);
    assertThat(body.path("error").asText()).isEqualTo("Service unavailable");
    assertThat(body.path("details").asText())
        .contains("a table is not as the mapping has it: ")
        .contains(text)
        .contains("run `reconciler check`");
    assertThat(log.list).as(answer.body()).hasSize(1);
    ILoggingEvent line = log.list.get(0);
    assertThat(line.getThrowableProxy()).isNull();
    assertThat(line.getFormattedMessage())
        .contains(text)
        .doesNotContain("\n")
        .doesNotContainIgnoringCase("select ")
        .doesNotContainIgnoringCase("update ");
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
          alter table leads rename notes to remarks | alter table leads rename remarks to notes | leads has no column notes
          alter table leads rename title to job | alter table leads rename job to title | leads has no column title
          alter table leads rename to people | alter table people rename to leads | no table leads in the schema public
          create schema other; alter table leads set schema other | alter table other.leads set schema public; drop schema other | no table leads in the schema public
          """)
  void no_request_is_answered_by_what_is_not_known(String change, String back, String text) {
    JsonNode record = world.leads().cells(this.record).get("Notes");
    execute(change);
    try {
      for (String path :
          List.of("/api/leads", "/api/leads?sort=-createdAt", lead, lead + "/notes")) {
        assertTold(get(path), text);
      }
      assertTold(claim(), text);
      assertTold(service.send("POST", lead + "/unclaim", ann, null), text);
      assertTold(note(), text);
      if (text.contains("no table")) {
        assertTold(get("/api/admin/tables"), text);
      }
    } finally {
      execute(back);
    }
    assertThat(world.leads().cells(this.record).get("Notes")).isEqualTo(record);
    assertThat(world.lead(this.record))
        .containsEntry("notes", "called")
        .containsEntry("claimed_by", null);
    assertThat(get(lead + "/notes").body()).contains("called");
    assertThat(claim().statusCode()).isEqualTo(200);
    assertThat(note().statusCode()).isEqualTo(200);
    assertThat(get("/api/admin/tables").statusCode()).isEqualTo(200);
    assertThat(log.list).isEmpty();
  }

  @Test
  void a_column_of_another_type_is_told_too_and_what_does_not_need_it_is_answered() {
    execute("alter table leads alter claimed_by type text using claimed_by::text");
    try {
      String text = "leads.claimed_by is text; it must be uuid";
      assertTold(claim(), text);
      assertTold(service.send("POST", lead + "/unclaim", ann, null), text);
      assertTold(service.send("GET", "/api/leads?claimed=me", ann, null), text);
      assertThat(get(lead).statusCode()).isEqualTo(200);
      assertThat(note().statusCode()).isEqualTo(200);
    } finally {
      execute("alter table leads alter claimed_by type uuid using claimed_by::uuid");
    }
    assertThat(world.lead(record)).containsEntry("claimed_by", null);
    assertThat(String.valueOf(world.lead(record).get("notes"))).contains("again");
    assertThat(claim().statusCode()).isEqualTo(200);
    assertThat(world.lead(record).get("claimed_by")).isNotNull();
  }
}
