package io.reconciler.web;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The OpenAPI document as a page. */
@Controller
class OpenApiPage {

  private final OpenApiDocument document;

  OpenApiPage(OpenApiDocument document) {
    this.document = document;
  }

  @GetMapping("/api-docs")
  String show(Model model) throws Exception {
    List<Entry> entries = new ArrayList<>();
    new TreeMap<>(document.read().getPaths())
        .forEach(
            (path, item) ->
                item.readOperationsMap()
                    .forEach((method, operation) -> entries.add(entry(method, path, operation))));
    model.addAttribute("entries", entries);
    return "api-docs";
  }

  private static Entry entry(PathItem.HttpMethod method, String path, Operation operation) {
    Map<String, String> parameters = new TreeMap<>();
    if (operation.getParameters() != null) {
      operation.getParameters().forEach(p -> parameters.put(p.getName(), p.getDescription()));
    }
    String answers =
        operation.getResponses().entrySet().stream()
            .map(answer -> answer.getKey() + " " + answer.getValue().getDescription())
            .collect(Collectors.joining("; "));
    return new Entry(method.name(), path, operation.getSummary(), parameters, answers);
  }

  /** One endpoint. */
  record Entry(
      String method, String path, String summary, Map<String, String> parameters, String answers) {}
}
