package io.reconciler.world;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.side.mapping.Converted;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.postgres.LeadRow;
import io.reconciler.side.postgres.OneColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What both sides hold, in full, to be compared. */
public final class Sides {

  private final World world;
  private final JdbcClient jdbc;

  Sides(World world) {
    this.world = world;
    this.jdbc = world.jdbc();
  }

  /** Every row of a table with the transaction that wrote it: the same again if nobody wrote. */
  public List<String> rows(String table) {
    return jdbc.sql(
            "select xmin || ' ' || cast(to_jsonb(t) as text) from " + table + " t order by 1")
        .query(String.class)
        .list();
  }

  /**
   * Every row of every table, but for the permits and the count of requests, which even a dry run
   * makes.
   */
  public Map<String, List<String>> database() {
    Map<String, List<String>> tables = new TreeMap<>();
    jdbc.sql(
            "select table_schema || '.' || table_name from information_schema.tables"
                + " where table_schema in ('public', 'reconciler')"
                + " and table_type = 'BASE TABLE'"
                + " and table_name not in ('request_permit', 'token_permit', 'request_count', 'request_pace')")
        .query(String.class)
        .list()
        .forEach(table -> tables.put(table, rows(table)));
    return tables;
  }

  /** Every record in Airtable. */
  public Map<String, Map<String, JsonNode>> airtable() {
    Map<String, Map<String, JsonNode>> records = new TreeMap<>();
    world.leads().ids().forEach(id -> records.put(id, world.leads().cells(id)));
    return records;
  }

  /** Where active leads and records do not hold the same: one text for each difference. */
  public List<String> differences() {
    Map<String, LeadRow> leads =
        LeadRow.byRecord(
            OneColumn.json(
                jdbc.sql("select cast(to_jsonb(l) as text) as lead from leads l where is_active")
                    .query()
                    .listOfRows()),
            world.mapping());
    Map<String, Map<String, JsonNode>> records = airtable();
    return Stream.concat(leads.keySet().stream(), records.keySet().stream())
        .distinct()
        .sorted()
        .flatMap(id -> differences(id, leads.get(id), records.get(id)).stream())
        .toList();
  }

  private List<String> differences(String id, LeadRow lead, Map<String, JsonNode> record) {
    if (lead == null || record == null) {
      return List.of(id + (lead == null ? " has no active lead" : " has no record"));
    }
    List<String> differences = new ArrayList<>();
    for (FieldMapping field : world.mapping().airtableFields()) {
      Converted airtable = field.convert(record.get(field.airtableField()));
      Object expected =
          airtable instanceof Converted.Value value ? field.normalise(value.value()) : airtable;
      Object actual = field.normalise(lead.values().get(field.column()));
      if (!Objects.equals(expected, actual)) {
        differences.add(id + " " + field.column() + ": " + expected + " / " + actual);
      }
    }
    return differences;
  }
}
