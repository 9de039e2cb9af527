package io.reconciler.side.mapping;

import io.reconciler.decide.ConflictPolicy;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks what a mapping file says of its table against its fields. */
final class TableChecks {

  private static final Pattern BASE = Pattern.compile("app[0-9A-Za-z]{14}");

  private TableChecks() {}

  static void check(
      YamlMap file,
      PostgresTable postgres,
      @Nullable String lastModifiedField,
      List<Located<FieldMapping>> fields,
      List<Located<FieldGroup>> groups) {
    base(file, postgres);
    if (postgres.updatedAt() == null) {
      noPortalFields(fields);
    }
    if (lastModifiedField == null) {
      noNewest(groups);
    }
  }

  private static void base(YamlMap file, PostgresTable postgres) {
    String base = file.optionalText("base");
    if (base == null && postgres.client() == null) {
      throw file.error(
          "postgres",
          "without a client column the table belongs to one base; add \"base\", or name the"
              + " column in \"client\"");
    }
    if (base != null && postgres.client() != null) {
      throw file.error(
          "base",
          "\"base\" is for tables without a client column, and this one has "
              + postgres.client()
              + "; remove one of the two");
    }
    if (base != null && !BASE.matcher(base).matches()) {
      throw file.error(
          "base", "base \"" + base + "\" is no base id; it is app and 14 letters or digits");
    }
  }

  private static void noPortalFields(List<Located<FieldMapping>> fields) {
    for (Located<FieldMapping> field : fields) {
      if (field.value().owner() == Owner.PORTAL) {
        throw field
            .source()
            .error(
                "owner",
                "a field of owner portal needs the time of the row's last edit; name the column in"
                    + " \"updated_at\" of postgres");
      }
    }
  }

  private static void noNewest(List<Located<FieldGroup>> groups) {
    for (Located<FieldGroup> group : groups) {
      if (group.value().policy() == ConflictPolicy.NEWEST) {
        throw group
            .source()
            .error(
                "policy",
                "policy newest needs the record's modification time; add last_modified_field, or use"
                    + " another policy");
      }
    }
  }
}
