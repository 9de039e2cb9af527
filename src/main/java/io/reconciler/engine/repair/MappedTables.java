package io.reconciler.engine.repair;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.MappingSet;
import io.reconciler.side.mapping.Owner;
import io.reconciler.side.postgres.MappedRows;
import io.reconciler.side.postgres.OneColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The tables that are mapped, as they stand; reads only. */
public final class MappedTables {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final JdbcClient jdbc;
  private final MappingSet mappings;

  public MappedTables(JdbcClient jdbc, MappingSet mappings) {
    this.jdbc = jdbc;
    this.mappings = mappings;
  }

  /** One object each, in the order in which they are pulled. */
  public List<JsonNode> list() {
    List<Map<String, Object>> rows =
        jdbc.sql(MappedRows.read("list-tables", mappings))
            .param("names", OneColumn.array(mappings.names()))
            .query()
            .listOfRows();
    List<JsonNode> tables = new ArrayList<>();
    for (Mapping mapping : mappings.inOrder()) {
      rows.stream()
          .filter(row -> mapping.name().equals(row.get("name")))
          .forEach(row -> tables.add(table(mapping, row)));
    }
    return tables;
  }

  private static JsonNode table(Mapping mapping, Map<String, Object> row) {
    ObjectNode table = JSON.createObjectNode();
    table.put("name", mapping.name());
    table.put("airtableTable", mapping.table());
    table.put("baseId", mapping.base());
    table.put("postgresTable", mapping.postgres().table());
    table.put("rows", row.get("rows") instanceof Number rows ? rows.longValue() : 0);
    ObjectNode fields = table.putObject("fields");
    for (Owner owner : Owner.values()) {
      fields.put(owner.label(), mapping.fields().stream().filter(f -> f.owner() == owner).count());
    }
    table.put("lastPulled", row.get("pulled") instanceof String pulled ? pulled : null);
    return table;
  }
}
