package io.reconciler.service.web;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.openapi.BeanConfig;
import org.apache.camel.openapi.OpenApiHelper;
import org.apache.camel.openapi.RestOpenApiReader;
import org.apache.camel.openapi.RestOpenApiSupport;

/**
 * The OpenAPI document of the REST declarations. Made here and not by Camel's own endpoint, which
 * sends a request's headers back, its token among them.
 */
public final class OpenApiDocument {

  private final CamelContext context;

  OpenApiDocument(CamelContext context) {
    this.context = context;
  }

  public String json() throws Exception {
    BeanConfig config = new BeanConfig();
    return RestOpenApiSupport.getJsonFromOpenAPIAsString(read(config), config);
  }

  OpenAPI read() throws Exception {
    return read(new BeanConfig());
  }

  private OpenAPI read(BeanConfig config) throws Exception {
    RestOpenApiSupport support = new RestOpenApiSupport();
    support.initOpenApi(
        config, Objects.requireNonNull(context.getRestConfiguration()).getApiProperties());
    OpenAPI document =
        new RestOpenApiReader()
            .read(
                context,
                support.getRestDefinitions(context),
                config,
                context.getName(),
                context.getClassResolver());
    OpenApiHelper.clearVendorExtensions(document);
    // Wherever it was asked for: the service does not know its name.
    document.setServers(List.of(new Server().url("/")));
    dropEmptyTags(document);
    return document;
  }

  // What has no operation, as the path of the document itself, would be a heading with nothing
  // below.
  private static void dropEmptyTags(OpenAPI document) {
    Set<String> used =
        document.getPaths().values().stream()
            .flatMap(path -> path.readOperations().stream())
            .filter(operation -> operation.getTags() != null)
            .flatMap(operation -> operation.getTags().stream())
            .collect(Collectors.toSet());
    document.setTags(
        document.getTags().stream().filter(tag -> used.contains(tag.getName())).toList());
  }
}
