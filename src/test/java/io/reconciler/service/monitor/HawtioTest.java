package io.reconciler.service.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.service.user.Role;
import io.reconciler.world.ServiceWorld;
import java.io.StringReader;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.camel.CamelContext;
import org.apache.camel.ServiceStatus;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** The console for routes and what it speaks to, on the management port. */
class HawtioTest {

  private static final String ADMIN = "ann@example.com";
  private static final String CONSOLE = "/actuator/hawtio/";
  private static final String JOLOKIA = "/actuator/jolokia";

  private ServiceWorld service;
  private Watched watched;
  private CamelContext camel;

  @BeforeEach
  void fresh() {
    service = ServiceWorld.shared();
    watched = new Watched(service);
    camel = service.service().context().getBean(CamelContext.class);
    service.addUser(ADMIN, Role.SUPER_ADMIN, null);
  }

  private HttpRequest.Builder post(String body) {
    return watched
        .request(JOLOKIA)
        .header("Content-Type", "application/json")
        .header("Authorization", Watched.basic(ADMIN))
        .POST(BodyPublishers.ofString(body));
  }

  private JsonNode ask(String body) {
    return ServiceWorld.json(service.send(post(body).build()));
  }

  private String bean(String type, String name) {
    return "org.apache.camel:context="
        + camel.getManagementName()
        + ",type="
        + type
        + ",name=\\\""
        + name
        + "\\\"";
  }

  private String exec(String bean, String operation) {
    return "{\"type\":\"exec\",\"mbean\":\"%s\",\"operation\":\"%s\"}".formatted(bean, operation);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {CONSOLE, JOLOKIA, "/actuator/hawtio/index.html", "/actuator/jolokia/list"})
  void only_an_administrator_gets_in(String path) {
    service.addUser("bob@example.com", Role.CLIENT_ADMIN, service.world().clientId());
    assertThat(watched.get(path).statusCode()).isEqualTo(401);
    assertThat(watched.get(path, "bob@example.com").statusCode()).isEqualTo(403);
    assertThat(watched.get(path, ADMIN).statusCode()).isEqualTo(200);
  }

  @Test
  void another_spelling_of_the_path_gets_nobody_in() {
    assertThat(watched.get("/%61ctuator/hawtio/index.html").statusCode()).isEqualTo(400);
    assertThat(watched.get("/%61ctuator/jolokia/list").statusCode()).isEqualTo(400);
    assertThat(watched.get("/actuator/%6aolokia/list").statusCode()).isEqualTo(400);
  }

  @Test
  void an_administrator_who_is_deactivated_is_out_at_once() {
    assertThat(watched.get(CONSOLE, ADMIN).statusCode()).isEqualTo(200);
    service.world().jdbc().sql("update users set is_active = false").update();
    assertThat(watched.get(CONSOLE, ADMIN).statusCode()).isEqualTo(401);
  }

  @Test
  void another_password_is_asked_for_at_once() {
    assertThat(watched.get(CONSOLE, ADMIN).statusCode()).isEqualTo(200);
    service.world().jdbc().sql("update users set password_hash = 'x'").update();
    assertThat(watched.get(CONSOLE, ADMIN).statusCode()).isEqualTo(401);
  }

  @Test
  void the_application_is_served_from_our_path() {
    HttpResponse<String> page = watched.get(CONSOLE, ADMIN);
    Matcher script = Pattern.compile("src=\"(/[^\"]+)\"").matcher(page.body());
    assertThat(page.body()).contains("<base href=\"" + CONSOLE + "\">");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'self'", "frame-ancestors 'none'");
    assertThat(script.find()).isTrue();
    HttpResponse<String> code = watched.get(script.group(1), ADMIN);
    assertThat(code.headers().firstValue("Content-Type")).hasValue("text/javascript");
    assertThat(watched.get(CONSOLE + "camel/routes", ADMIN).body()).isEqualTo(page.body());
    HttpRequest again =
        watched
            .request(script.group(1))
            .header("Authorization", Watched.basic(ADMIN))
            .header("If-Modified-Since", code.headers().firstValue("Last-Modified").orElse(""))
            .build();
    assertThat(service.send(again).statusCode()).isEqualTo(304);
  }

  @ParameterizedTest
  @CsvSource({
    "hawtio,302",
    "hawtio/plugin,200",
    "hawtio/auth/config,200",
    "hawtio/auth/login,404",
    "hawtio/auth/config/session-timeout,404",
    "hawtio/keycloak/client-config,404",
    "hawtio/jolokia/list,404",
    "hawtio/..%2f..%2fapplication.yaml,400",
    "hawtio/?x=%FF,400"
  })
  void what_it_asks_of_its_server_has_an_answer(String path, int status) {
    assertThat(watched.get("/actuator/" + path, ADMIN).statusCode()).isEqualTo(status);
  }

  @Test
  void it_reaches_the_beans_below_its_own_path() {
    HttpRequest read =
        watched
            .request(CONSOLE + "jolokia")
            .header("Content-Type", "application/json")
            .header("Authorization", Watched.basic(ADMIN))
            .POST(BodyPublishers.ofString("{\"type\":\"version\"}"))
            .build();
    assertThat(ServiceWorld.json(service.send(read)).at("/value/agent").asText()).isNotEmpty();
  }

  @Test
  void a_failure_tells_nothing_of_the_program() {
    JsonNode failed = ask("{\"type\":\"read\",\"mbean\":\"no.such:type=Bean\"}");
    assertThat(failed.path("status").asInt()).isEqualTo(404);
    assertThat(failed.has("stacktrace")).isFalse();
    assertThat(failed.has("error_value")).isFalse();
  }

  @Test
  void nothing_of_it_is_on_the_port_of_the_pages() {
    assertThat(service.send("GET", CONSOLE, null, null).statusCode()).isNotEqualTo(200);
    HttpRequest signedIn =
        service
            .request("GET", CONSOLE, null, null)
            .header("Authorization", Watched.basic(ADMIN))
            .build();
    assertThat(service.send(signedIn).statusCode()).isEqualTo(404);
  }

  @Test
  void routes_are_there_with_description_and_counters() {
    watched.run();
    JsonNode route =
        ask("{\"type\":\"read\",\"mbean\":\"" + bean("routes", "pull") + "\"}").path("value");
    assertThat(route.path("Description").asText()).startsWith("Lists what was modified");
    assertThat(route.path("ExchangesTotal").asLong()).isPositive();
  }

  @Test
  void routes_are_in_groups_and_steps_are_called_by_what_they_do() {
    JsonNode route =
        ask("{\"type\":\"read\",\"mbean\":\"" + bean("routes", "pull") + "\"}").path("value");
    assertThat(route.path("RouteGroup").asText()).isEqualTo("engine.pull");
    String all = "org.apache.camel:context=" + camel.getManagementName() + ",type=processors,*";
    JsonNode steps = ask("{\"type\":\"search\",\"mbean\":\"" + all + "\"}").path("value");
    List<String> names = new ArrayList<>();
    steps.forEach(step -> names.add(step.asText().replaceFirst(".*name=\"?([^\",]+)\"?.*", "$1")));
    assertThat(names)
        .hasSizeGreaterThan(300)
        .contains("pullStage.begin", "sql-read-watermark", "to-apply-page", "pull-page-doTry")
        .noneMatch(name -> name.matches("(to|bean|filter|choice|setBody|log|toD)[0-9]+"));
  }

  @Test
  void a_route_is_suspended_and_resumed() {
    String trigger = bean("routes", "look-for-clients");
    assertThat(ask(exec(trigger, "suspend()")).path("status").asInt()).isEqualTo(200);
    assertThat(camel.getRouteController().getRouteStatus("look-for-clients"))
        .isEqualTo(ServiceStatus.Suspended);
    assertThat(ask(exec(trigger, "resume()")).path("status").asInt()).isEqualTo(200);
    assertThat(camel.getRouteController().getRouteStatus("look-for-clients"))
        .isEqualTo(ServiceStatus.Started);
  }

  @Test
  void a_page_of_another_origin_can_do_nothing_with_the_administrators_password() {
    HttpRequest foreign =
        post("{\"type\":\"version\"}").header("Origin", "http://evil.example").build();
    assertThat(service.send(foreign).statusCode()).isEqualTo(403);
    HttpRequest own =
        post("{\"type\":\"version\"}")
            .header("Origin", "http://127.0.0.1:" + watched.port())
            .build();
    assertThat(service.send(own).statusCode()).isEqualTo(200);
    // An image or a link needs no leave to send a GET.
    HttpResponse<String> get = watched.get(JOLOKIA + "/read/java.lang:type=Runtime/VmName", ADMIN);
    assertThat(ServiceWorld.json(get).path("status").asInt()).isEqualTo(403);
  }

  @Test
  void neither_messages_can_be_sent_nor_the_jvm_be_told_what_to_do() {
    JsonNode send =
        ask(
            "{\"type\":\"exec\",\"mbean\":\"%s\",\"operation\":\"%s\",\"arguments\":[\"%s\",\"\"]}"
                .formatted(
                    bean("context", camel.getName()),
                    "sendBody(java.lang.String,java.lang.Object)",
                    "log:x"));
    assertThat(send.path("status").asInt()).isEqualTo(403);
    assertThat(ask(exec("java.lang:type=Memory", "gc()")).path("status").asInt()).isEqualTo(403);
    assertThat(watched.get(CONSOLE + "proxy/http/127.0.0.1/1/", ADMIN).statusCode()).isEqualTo(404);
  }

  /** Hawtio 5.2.0 draws no diagram any more once a route has anything before its {@code from}. */
  @Test
  void every_route_begins_with_its_from_as_hawtio_needs_it() {
    // A client's schedule that comes or goes while Camel writes its routes breaks that off with a
    // ConcurrentModificationException; whoever asks again gets them.
    Awaitility.await().untilAsserted(() -> assertBeginningWithFrom(dumpedRoutes()));
  }

  private void assertBeginningWithFrom(NodeList routes) {
    assertThat(routes.getLength()).isEqualTo(camel.getRoutesSize());
    for (int i = 0; i < routes.getLength(); i++) {
      Node child = routes.item(i).getFirstChild();
      while (child.getNodeType() != Node.ELEMENT_NODE) {
        child = child.getNextSibling();
      }
      assertThat(child.getNodeName())
          .as(((Element) routes.item(i)).getAttribute("id"))
          .isEqualTo("from");
    }
  }

  private NodeList dumpedRoutes() throws Exception {
    String context = "org.apache.camel:context=" + camel.getManagementName();
    String name = ",type=context,name=\\\"" + camel.getName() + "\\\"";
    JsonNode answer = ask(exec(context + name, "dumpRoutesAsXml()"));
    assertThat(answer.path("status").asInt()).as(answer.toString()).isEqualTo(200);
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(answer.path("value").asText())))
        .getElementsByTagName("route");
  }
}
