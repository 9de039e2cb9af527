package io.reconciler.program.init;

import io.reconciler.decide.ConflictPolicy;
import io.reconciler.side.mapping.Conversion;
import io.reconciler.side.mapping.FieldGroup;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.PgType;
import io.reconciler.side.mapping.PostgresTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes a mapping file that a person likes to read. Pure. */
final class MappingText {

  private final TablePlan plan;
  private final Mapping mapping;
  private final List<String> lines = new ArrayList<>();

  private MappingText(TablePlan plan) {
    this.plan = plan;
    this.mapping = plan.mapping();
  }

  static String of(TablePlan plan) {
    MappingText text = new MappingText(plan);
    text.head();
    text.postgres();
    text.groups();
    text.fields();
    return String.join("\n", text.lines) + "\n";
  }

  private void head() {
    comment(
        "",
        "Airtable's table "
            + Yaml.quoted(plan.source().name())
            + " and "
            + mapping.postgres().table()
            + " of PostgreSQL.");
    comment("", "Written by `reconciler init`, which never writes over it: change it as you like.");
    comment("", "What each key means: docs/configuration.md, \"The mapping file\".");
    plan.remarks().forEach(remark -> comment("", remark));
    entry("", "table", mapping.table());
    if (mapping.lastModifiedField().isEmpty()) {
      comment(
          "",
          "last_modified_field: a field of type \"Last modified time\", for all fields, with the time");
    } else {
      entry("", "last_modified_field", mapping.lastModifiedField());
    }
    if (mapping.base() != null) {
      comment("", "The table has no column with a client's id, so its rows belong to one base.");
      entry("", "base", mapping.base());
    }
    lines.add("");
  }

  private void postgres() {
    PostgresTable table = mapping.postgres();
    lines.add("postgres:");
    entry("  ", "table", table.table());
    entry("  ", "key", table.key());
    entry("  ", "record_id", table.recordId());
    optional("client", table.client());
    optional("created_at", table.createdAt());
    optional("updated_at", table.updatedAt());
    lines.add("");
  }

  private void optional(String key, @Nullable String column) {
    if (column != null) {
      entry("  ", key, column);
    }
  }

  private void groups() {
    if (mapping.groups().isEmpty()) {
      comment("", "Everything is Airtable's. To give a field to the portal, write a group for it,");
      comment("", "  groups:");
      comment(
          "",
          "    - {name: notes, policy: "
              + (mapping.lastModifiedField().isEmpty() ? "airtable" : "newest")
              + "}");
      comment("", "and \"owner: portal, group: notes\" in its line below.");
      lines.add("");
      return;
    }
    comment("", "How a conflict is decided: " + policies() + ".");
    lines.add("groups:");
    for (FieldGroup group : mapping.groups()) {
      lines.add(
          "  - {name: %s, policy: %s}".formatted(Yaml.text(group.name()), group.policy().label()));
    }
    lines.add("");
  }

  private String policies() {
    return Arrays.stream(ConflictPolicy.values())
        .filter(policy -> policy != ConflictPolicy.NEWEST || !mapping.lastModifiedField().isEmpty())
        .map(ConflictPolicy::label)
        .collect(Collectors.joining(", "));
  }

  private void fields() {
    lines.add("fields:");
    for (PlannedField field : plan.fields()) {
      String name = Yaml.quoted(field.source().name());
      if (field.mapped() == null) {
        comment(
            "  ",
            "Left out: " + name + " (" + field.source().described() + "): " + field.remark() + ".");
        continue;
      }
      if (!field.remark().isEmpty()) {
        comment("  ", name + ": " + field.remark() + ".");
      }
      field(field.mapped());
    }
    existence().ifPresent(this::existence);
  }

  private Optional<FieldMapping> existence() {
    return mapping.existence();
  }

  private void existence(FieldMapping field) {
    comment("  ", "True while the record exists in Airtable.");
    field(field);
  }

  private void field(FieldMapping field) {
    Map<String, String> keys = new LinkedHashMap<>();
    keys.put("column", field.column());
    keys.put("type", type(field.type()));
    if (field.notNull()) {
      keys.put("not_null", "true");
    }
    if (field.defaultValue() != null) {
      keys.put("default", Yaml.value(Objects.requireNonNull(field.defaultValue())));
    }
    put(keys, "airtable_field", field.airtableField());
    put(keys, "airtable_type", field.airtableType());
    conversion(field.conversion(), keys);
    keys.put("owner", field.owner().label());
    put(keys, "group", field.group());
    lines.add("  - " + flow(keys));
  }

  private static void conversion(Conversion conversion, Map<String, String> keys) {
    keys.put("conversion", conversion.kind().label());
    if (!conversion.choices().isEmpty()) {
      Map<String, String> choices = new LinkedHashMap<>();
      conversion.choices().forEach((cell, value) -> choices.put(Yaml.text(cell), Yaml.text(value)));
      keys.put("choices", flow(choices));
    }
    put(keys, "to", conversion.to());
    if (conversion.newOptions()) {
      keys.put("new_options", "true");
    }
  }

  private static String type(PgType type) {
    return Yaml.text(type.sql());
  }

  private static void put(Map<String, String> keys, String key, @Nullable String text) {
    if (text != null) {
      keys.put(key, Yaml.text(text));
    }
  }

  private static String flow(Map<String, String> keys) {
    return keys.entrySet().stream()
        .map(entry -> entry.getKey() + ": " + entry.getValue())
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private void entry(String indent, String key, String text) {
    lines.add(indent + key + ": " + Yaml.text(text));
  }

  private void comment(String indent, String text) {
    lines.add(indent + "# " + Yaml.comment(text));
  }
}
