package io.reconciler.service.page;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.MappingSet;
import io.reconciler.side.postgres.OneColumn;
import io.reconciler.side.postgres.SqlFile;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The mappings in use: which field is which column, and whose word counts. */
@Controller
class TablesController {

  private final JdbcClient jdbc;
  private final MappingSet mappings;

  TablesController(PageParts parts) {
    this.jdbc = parts.jdbc();
    this.mappings = parts.mappings();
  }

  @GetMapping("/tables")
  String show(Model model) {
    model.addAttribute("views", mappings.inOrder().stream().map(this::view).toList());
    return "tables";
  }

  private TableView view(Mapping mapping) {
    Map<String, JsonNode> known = new HashMap<>();
    jdbc
        .sql(SqlFile.read("show-fields"))
        .param("table", mapping.table())
        .query(String.class)
        .list()
        .stream()
        .map(OneColumn::parse)
        .forEach(row -> known.put(row.path("column_name").asText(), row));
    Long rows =
        jdbc.sql(SqlFile.read("estimate-rows"))
            .param("table", mapping.postgres().table())
            .query(Long.class)
            .optional()
            .orElse(null);
    return TableView.of(mapping, rows, listed(mapping), known);
  }

  private TableView.@Nullable Listed listed(Mapping mapping) {
    return jdbc.sql(SqlFile.read("count-listed"))
        .param("table", mapping.name())
        .query(TableView.Listed::of)
        .optional()
        .orElse(null);
  }
}
