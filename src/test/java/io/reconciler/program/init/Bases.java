package io.reconciler.program.init;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reconciler.program.init.ExistingTables.Column;
import io.reconciler.program.init.ExistingTables.Table;
import io.reconciler.side.airtable.TableSchema;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.MappingFolder;
import io.reconciler.world.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Metadata and catalogs for tests, in few words. */
final class Bases {

  static final String BASE = "appAbCdEfGhIjKlMn";
  private static final ObjectMapper JSON = new ObjectMapper();

  private Bases() {}

  /** A field of that name and type, with options in JSON with single quotes. */
  static ObjectNode field(String name, String type, String options) {
    ObjectNode field = JSON.createObjectNode().put("name", name).put("type", type);
    field.set("options", json(options));
    return field;
  }

  static ObjectNode field(String name, String type) {
    return field(name, type, "{}");
  }

  static ObjectNode link(String name, String table, boolean single, String inverse) {
    return field(
        name,
        "multipleRecordLinks",
        "{'linkedTableId':'%s','prefersSingleRecordLink':%s,'inverseLinkFieldId':'%s'}"
            .formatted(tableId(table), single, inverse));
  }

  /** A table; a field's id is fld, the table's name and the field's name without other signs. */
  static TableSchema table(String name, ObjectNode... fields) {
    ObjectNode table = JSON.createObjectNode().put("id", tableId(name)).put("name", name);
    ArrayNode list = table.putArray("fields");
    for (int place = 0; place < fields.length; place++) {
      String own = fields[place].path("id").asText("");
      fields[place].put(
          "id", own.isEmpty() ? fieldId(name, fields[place].path("name").asText()) : own);
      list.add(fields[place]);
    }
    table.put("primaryFieldId", list.path(0).path("id").asText());
    ObjectNode body = JSON.createObjectNode();
    body.putArray("tables").add(table);
    return TableSchema.read(body).orElseThrow().get(0);
  }

  static String tableId(String table) {
    return id("tbl", table);
  }

  static String fieldId(String table, String field) {
    return id("fld", table + "/" + field);
  }

  private static String id(String prefix, String text) {
    return prefix + "%014d".formatted(Integer.toUnsignedLong(text.hashCode()));
  }

  static ExistingTables nothing() {
    return new ExistingTables(List.of(), "public", Set.of());
  }

  static ExistingTables holding(Table... tables) {
    return new ExistingTables(List.of(tables), "public", Set.of());
  }

  /**
   * A table with these columns, "name type"; "!" before a name makes it NOT NULL, "*" unique too.
   */
  static Table existing(String name, String... columns) {
    List<Column> all =
        Arrays.stream(columns)
            .map(
                column -> {
                  String[] words = column.replaceFirst("^[!*]", "").split(" ", 2);
                  boolean notNull = column.startsWith("!") || column.startsWith("*");
                  return new Column(words[0], words[1], List.of(), notNull, false, true);
                })
            .toList();
    List<List<String>> uniques =
        Arrays.stream(columns)
            .filter(column -> column.startsWith("*"))
            .map(column -> List.of(column.substring(1).split(" ", 2)[0]))
            .toList();
    return new Table("public", name, true, false, all, uniques);
  }

  static List<TablePlan> plan(ExistingTables catalog, Set<String> portal, TableSchema... tables) {
    InitRequest request =
        new InitRequest(
            BASE, portal, World.defaultMapping(), List.of(), Set.of("clients", "users"), Set.of());
    List<TablePlan> plans = new Planner(request, catalog).plan(List.of(tables)).tables();
    assertReadable(plans);
    return plans;
  }

  /** What is written is read back as it was planned. */
  private static void assertReadable(List<TablePlan> plans) {
    try {
      Path folder = Files.createTempDirectory(Path.of("target"), "init");
      for (TablePlan plan : plans) {
        Files.writeString(folder.resolve(plan.mapping().name() + ".yaml"), plan.text());
      }
      var read = MappingFolder.read(folder);
      for (TablePlan plan : plans) {
        assertThat(read.named(plan.mapping().name()).map(Mapping::withoutPlaces))
            .as(plan.text())
            .contains(plan.mapping());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What became of a field, as "column type conversion", or "out: reason". */
  static String of(TablePlan plan, String field) {
    PlannedField planned =
        plan.fields().stream()
            .filter(f -> f.source().name().equals(field))
            .findFirst()
            .orElseThrow();
    return Optional.ofNullable(planned.mapped())
        .map(Bases::words)
        .orElse("out: " + planned.remark());
  }

  static String words(FieldMapping field) {
    String to = field.conversion().to() == null ? "" : " to " + field.conversion().to();
    return field.column() + " " + field.type().sql() + " " + field.conversion().kind().label() + to;
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text.replace('\'', '"'));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
