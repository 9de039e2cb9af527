package io.reconciler.service.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.service.user.Role;
import io.reconciler.world.ServiceWorld;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OpenApiTest {

  private final ServiceWorld service = ServiceWorld.shared();

  private HttpResponse<String> document() {
    String token = service.newToken("ann@example.com", Role.CLIENT_USER, null);
    return service.send("GET", "/api/openapi.json", token, null);
  }

  private static Stream<String> operations(OpenAPI document) {
    return document.getPaths().entrySet().stream()
        .flatMap(
            path ->
                path.getValue().readOperationsMap().keySet().stream()
                    .map(method -> method + " " + path.getKey()));
  }

  @Test
  void the_document_is_valid() {
    SwaggerParseResult result = new OpenAPIV3Parser().readContents(document().body());
    assertThat(result.getMessages()).isEmpty();
    assertThat(result.getOpenAPI().getInfo().getTitle()).isEqualTo("Reconciler");
  }

  @Test
  void every_endpoint_is_in_it_and_open_to_somebody() {
    OpenAPI document = new OpenAPIV3Parser().readContents(document().body()).getOpenAPI();
    List<String> listed =
        Stream.concat(
                Stream.of("POST " + ApiSecurity.LOGIN),
                ApiAccess.ENDPOINTS.stream()
                    .filter(endpoint -> !endpoint.path().endsWith("openapi.json"))
                    .map(endpoint -> endpoint.method() + " " + endpoint.path()))
            .toList();
    assertThat(new TreeSet<>(operations(document).toList())).isEqualTo(new TreeSet<>(listed));
    document
        .getPaths()
        .values()
        .forEach(
            path ->
                path.readOperations()
                    .forEach(
                        operation -> {
                          assertThat(operation.getOperationId()).isNotBlank();
                          assertThat(operation.getResponses()).containsKeys("200", "401");
                        }));
  }

  @Test
  void it_gives_no_header_of_the_request_back() {
    assertThat(document().headers().map()).doesNotContainKeys("authorization", "user-agent");
  }
}
