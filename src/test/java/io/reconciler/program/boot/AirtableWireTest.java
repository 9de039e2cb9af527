package io.reconciler.program.boot;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.serviceUnavailable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.http.HttpHeader;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import com.zaxxer.hikari.HikariDataSource;
import io.reconciler.settings.Settings;
import io.reconciler.side.airtable.AirtableAnswer;
import io.reconciler.side.airtable.AirtableException;
import io.reconciler.side.airtable.AirtableRequest;
import io.reconciler.side.mapping.MappingSet;
import io.reconciler.world.TestDatabase;
import io.reconciler.world.World;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.test.spring.junit5.CamelSpringBootTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ContextConfiguration;

/** What the one door puts on the wire, and what it makes of a wire that fails. */
@CamelSpringBootTest
@SpringBootTest(classes = CommandApplication.class, webEnvironment = WebEnvironment.NONE)
@ContextConfiguration(initializers = AirtableWireTest.Wire.class)
@DirtiesContext
class AirtableWireTest {

  @RegisterExtension
  static final WireMockExtension AIRTABLE =
      WireMockExtension.newInstance()
          .options(WireMockConfiguration.options().dynamicPort())
          .configureStaticDsl(true)
          .build();

  @RegisterExtension
  static final WireMockExtension ELSEWHERE =
      WireMockExtension.newInstance()
          .options(WireMockConfiguration.options().dynamicPort())
          .build();

  private static final String BASE = "appWireWireWireWi";
  private static final AirtableRequest READ =
      new AirtableRequest(BASE, "GET", "/" + BASE + "/Leads", "pageSize=100", null, null);
  private static final AirtableRequest WRITE =
      AirtableRequest.send(BASE, "PATCH", "/" + BASE + "/Leads", "{\"records\":[]}");
  private static final ResponseDefinitionBuilder PAGE = okJson("{\"records\":[]}");

  @Autowired private ProducerTemplate template;

  @ParameterizedTest
  @EnumSource(Fault.class)
  void a_connection_that_breaks_costs_an_attempt(Fault fault) {
    answers(aResponse().withFault(fault), PAGE);

    AirtableAnswer answer = ask(READ, Map.of());

    assertThat(answer.body().path("records").isArray()).isTrue();
    assertThat(received()).hasSize(2);
  }

  @Test
  void the_http_client_repeats_nothing_by_itself() {
    answers(serviceUnavailable().withHeader("Retry-After", "0"), PAGE);

    ask(WRITE, Map.of());

    assertThat(received()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void a_redirect_is_an_error_and_takes_the_token_nowhere(int status) {
    String elsewhere = ELSEWHERE.baseUrl() + "/there";
    AIRTABLE.stubFor(
        any(anyUrl()).willReturn(aResponse().withStatus(status).withHeader("Location", elsewhere)));

    for (AirtableRequest request : List.of(READ, WRITE)) {
      assertThatThrownBy(() -> ask(request, Map.of()))
          .isInstanceOf(CamelExecutionException.class)
          .cause()
          .isInstanceOf(AirtableException.class)
          .message()
          .contains(String.valueOf(status), "a proxy or a sign-in page")
          .doesNotContain(World.TOKEN);
    }

    assertThat(received()).hasSize(2);
    assertThat(ELSEWHERE.findAll(anyRequestedFor(anyUrl()))).isEmpty();
  }

  @Test
  void headers_of_a_message_change_neither_the_address_nor_what_is_sent() {
    AIRTABLE.stubFor(any(anyUrl()).willReturn(PAGE));

    ask(
        READ,
        Map.of(
            "CamelHttpUri", ELSEWHERE.baseUrl(),
            "CamelHttpPath", "/other",
            "CamelHttpQuery", "a=b",
            "CamelHttpMethod", "DELETE",
            "Authorization", "Bearer of-a-portal-user",
            "Cookie", "session=1",
            "X-Portal", "1"));

    assertThat(ELSEWHERE.findAll(anyRequestedFor(anyUrl()))).isEmpty();
    LoggedRequest sent = received().get(0);
    assertThat(sent.getMethod().getName()).isEqualTo("GET");
    assertThat(sent.getUrl()).isEqualTo("/" + BASE + "/Leads?pageSize=100");
    assertThat(sent.getHeader("Authorization")).isEqualTo("Bearer " + World.TOKEN);
    assertThat(sent.getHeaders().all().stream().map(HttpHeader::key))
        .containsExactlyInAnyOrder(
            "Accept", "Accept-Encoding", "Authorization", "Connection", "Host", "User-Agent");
  }

  private AirtableAnswer ask(AirtableRequest request, Map<String, Object> headers) {
    return template.requestBodyAndHeaders(
        "direct:airtable-api", request, headers, AirtableAnswer.class);
  }

  private static List<LoggedRequest> received() {
    return AIRTABLE.findAll(anyRequestedFor(anyUrl()));
  }

  private static void answers(ResponseDefinitionBuilder first, ResponseDefinitionBuilder then) {
    AIRTABLE.stubFor(
        any(anyUrl())
            .inScenario("attempts")
            .whenScenarioStateIs(Scenario.STARTED)
            .willReturn(first)
            .willSetStateTo("again"));
    AIRTABLE.stubFor(
        any(anyUrl()).inScenario("attempts").whenScenarioStateIs("again").willReturn(then));
  }

  /** The engine as a command starts it, with Airtable at the end of our wire. */
  static final class Wire implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
      String url = TestDatabase.migratedUrl();
      HikariDataSource database = TestDatabase.pool(url);
      Map<String, String> environment =
          Map.of(
              "DATABASE_URL",
              url,
              "AIRTABLE_API_KEY",
              World.TOKEN,
              "AIRTABLE_API_URL",
              AIRTABLE.baseUrl(),
              "RECONCILER_RATE_LIMIT_MS",
              "1");
      Settings settings = Settings.read(environment::get, Set.of());
      EngineInputs.beans(
              settings, MappingSet.of(World.defaultMapping()), database, Clock.systemUTC())
          .initialize(context);
      EngineInputs.winning(Map.of("reconciler.airtable.retry-delay-ms", 1)).initialize(context);
      context.addApplicationListener(
          event -> {
            if (event instanceof ContextClosedEvent) {
              database.close();
            }
          });
    }
  }
}
