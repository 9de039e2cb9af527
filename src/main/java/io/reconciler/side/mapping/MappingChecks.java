package io.reconciler.side.mapping;

import io.reconciler.decide.ConflictPolicy;
import io.reconciler.side.mapping.PgType.Base;
import io.reconciler.text.Nearest;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks what can only be seen across the entries of a mapping file. */
final class MappingChecks {

  private MappingChecks() {}

  static void check(
      YamlMap file, List<Located<FieldMapping>> fields, List<Located<FieldGroup>> groups) {
    distinct(fields);
    oneEngineField(file, fields);
    groups.forEach(group -> usable(group, groupNames(fields)));
    distinctGroups(groups);
    knownGroups(fields, groups);
  }

  private static void distinct(List<Located<FieldMapping>> fields) {
    Set<String> columns = new HashSet<>();
    Set<String> airtableFields = new HashSet<>();
    for (Located<FieldMapping> field : fields) {
      String column = field.value().column();
      if (!columns.add(column)) {
        throw field
            .source()
            .error("column", "column \"" + column + "\" is mapped twice; remove one");
      }
      String airtableField = field.value().airtableField();
      if (airtableField != null && !airtableFields.add(airtableField)) {
        throw field
            .source()
            .error(
                "airtable_field",
                "airtable_field \"" + airtableField + "\" is mapped twice; remove one");
      }
    }
  }

  private static void oneEngineField(YamlMap file, List<Located<FieldMapping>> fields) {
    List<Located<FieldMapping>> engine =
        fields.stream().filter(field -> field.value().owner() == Owner.ENGINE).toList();
    // A table that is described as a whole may do without; its rows stay as they are.
    if (engine.isEmpty() && !file.has("postgres")) {
      throw file.error(
          "fields", "no field has owner engine; add the one that says if the record exists");
    }
    if (engine.size() > 1) {
      throw engine
          .get(1)
          .source()
          .error("owner", "a second field has owner engine; only one can, remove it");
    }
  }

  private static Set<String> groupNames(List<Located<FieldMapping>> fields) {
    return fields.stream()
        .map(field -> field.value().group())
        .filter(Objects::nonNull)
        .collect(Collectors.toSet());
  }

  private static void usable(Located<FieldGroup> group, Set<String> ofFields) {
    FieldGroup value = group.value();
    if (value.fields().isEmpty()) {
      throw group
          .source()
          .error(
              "name",
              "group \""
                  + value.name()
                  + "\" has no fields; add one or remove it"
                  + Nearest.of(value.name(), ofFields)
                      .map(name -> "; a field has the group \"" + name + "\", perhaps mistyped")
                      .orElse(""));
    }
    if (value.policy() == ConflictPolicy.MERGE_LINES && !isOneText(value.fields())) {
      throw group
          .source()
          .error(
              "policy",
              "policy merge-lines needs a group of exactly one column of type text; use another policy");
    }
  }

  /** A varchar won't do: two texts that fit can merge to one that does not. */
  private static boolean isOneText(List<FieldMapping> fields) {
    return fields.size() == 1 && fields.get(0).type().base() == Base.TEXT;
  }

  private static void distinctGroups(List<Located<FieldGroup>> groups) {
    Set<String> names = new HashSet<>();
    for (Located<FieldGroup> group : groups) {
      String name = group.value().name();
      if (!names.add(name)) {
        throw group.source().error("name", "group \"" + name + "\" is declared twice; remove one");
      }
    }
  }

  private static void knownGroups(
      List<Located<FieldMapping>> fields, List<Located<FieldGroup>> groups) {
    Set<String> names =
        Located.values(groups).stream().map(FieldGroup::name).collect(Collectors.toSet());
    for (Located<FieldMapping> field : fields) {
      String group = field.value().group();
      if (group != null && !names.contains(group)) {
        throw field
            .source()
            .error(
                "group",
                "unknown group \""
                    + group
                    + "\""
                    + YamlMap.meant(group, names)
                    + "; declare it under groups");
      }
    }
  }
}
