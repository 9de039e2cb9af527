package io.reconciler.side.mapping;

import io.reconciler.side.mapping.Conversion.Kind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one field of a mapping file and checks it in itself. */
final class FieldReader {

  static final Set<String> KEYS =
      Set.of(
          "column",
          "type",
          "not_null",
          "default",
          "airtable_field",
          "airtable_type",
          "conversion",
          "choices",
          "to",
          "new_options",
          "owner",
          "group",
          "computed");

  private static final Pattern IDENTIFIER = Pattern.compile("[a-z_][a-z0-9_]{0,62}");

  private final String name;
  private final YamlMap source;
  private final Set<String> reserved;

  /** For a table whose {@code reserved} columns are the engine's. */
  FieldReader(String name, YamlMap source, Set<String> reserved) {
    this.name = name;
    this.source = source;
    this.reserved = reserved;
  }

  static boolean isIdentifier(String column) {
    return IDENTIFIER.matcher(column).matches();
  }

  static String noIdentifier(String column) {
    return "column \""
        + column
        + "\" is no plain name; use lower-case letters, digits and _, 63 at most";
  }

  FieldMapping read() {
    String column = column();
    PgType type = type();
    Owner owner = source.oneOf("owner", Owner.values(), Owner::label);
    Conversion conversion = conversion(type, owner);
    linkTarget(type, conversion);
    boolean notNull = source.flag("not_null");
    Object defaultValue = defaultValue(type, notNull, conversion.kind());
    String airtableField = ofAirtable("airtable_field", owner);
    String airtableType = airtableType(owner);
    return new FieldMapping(
        column,
        type,
        notNull,
        defaultValue,
        airtableField,
        airtableType,
        conversion,
        owner,
        group(owner),
        computed(owner, airtableType));
  }

  private boolean computed(Owner owner, @Nullable String airtableType) {
    if (!source.has("computed")) {
      return airtableType != null && AirtableTypes.recalculated(airtableType);
    }
    boolean computed = source.flag("computed");
    if (computed && owner != Owner.AIRTABLE) {
      throw source.error(
          "computed", "only a field of owner airtable can be computed; remove the key");
    }
    return computed;
  }

  private String column() {
    String column = source.text("column");
    if (!isIdentifier(column)) {
      throw source.error("column", noIdentifier(column));
    }
    if (reserved.contains(column)) {
      throw source.error(
          "column", "column \"" + column + "\" is kept by the reconciler; map another one");
    }
    return column;
  }

  private PgType type() {
    try {
      return PgType.parse(source.text("type"));
    } catch (IllegalArgumentException unknown) {
      throw source.error("type", String.valueOf(unknown.getMessage()));
    }
  }

  private Conversion conversion(PgType type, Owner owner) {
    Kind kind = source.oneOf("conversion", Kind.values(), Kind::label);
    if ((kind == Kind.EXISTENCE) != (owner == Owner.ENGINE)) {
      throw source.error(
          "conversion", "conversion existence and owner engine go together; use both or neither");
    }
    if (!kind.fits(type)) {
      throw source.error(
          "conversion",
          "conversion "
              + kind.label()
              + " does not give a "
              + type.sql()
              + (type.base() == PgType.Base.ENUM ? PgType.meant(type.name()) : "")
              + "; change one");
    }
    if (source.has("choices") != (kind == Kind.CHOICE)) {
      throw source.error(
          "choices", "conversion choice and the key choices go together; use both or neither");
    }
    only("to", kind == Kind.LINK, "a link's target is named by it");
    only("new_options", kind == Kind.OPTIONS, "it is for options");
    if (kind == Kind.JSON && owner == Owner.PORTAL) {
      throw source.error(
          "owner",
          "json can't be sent back to Airtable; make the owner airtable, or map it"
              + " with another conversion");
    }
    return new Conversion(
        kind,
        kind == Kind.CHOICE ? choices(type) : Map.of(),
        source.optionalText("to"),
        source.flag("new_options"));
  }

  // Without a target the column holds record ids, and any number of them.
  private void linkTarget(PgType type, Conversion conversion) {
    if (conversion.kind() == Kind.LINK
        && conversion.to() == null
        && type.base() != PgType.Base.TEXT_ARRAY) {
      throw source.error(
          "to",
          "a link into a column of type "
              + type.sql()
              + " needs \"to\", the name of the mapping that it points at; without it use text[]");
    }
  }

  private void only(String key, boolean fits, String reason) {
    if (source.has(key) && !fits) {
      throw source.error(key, "\"" + key + "\" has no meaning here: " + reason + "; remove it");
    }
  }

  private Map<String, String> choices(PgType type) {
    YamlMap choices = YamlMap.free(name, source.node("choices"), "choices");
    Map<String, String> values = new LinkedHashMap<>();
    for (String cell : choices.keys()) {
      String value = choices.text(cell);
      String problem = TextCells.problem(value, type);
      if (problem != null) {
        throw choices.error(cell, "choice \"" + value + "\" " + problem + "; shorten it");
      }
      values.put(cell, value);
    }
    if (values.isEmpty()) {
      throw source.error("choices", "\"choices\" is empty; write a line for each choice");
    }
    return values;
  }

  private @Nullable Object defaultValue(PgType type, boolean notNull, Kind kind) {
    Object value = source.has("default") ? DefaultValue.read(source, type) : null;
    if (notNull && value == null && kind != Kind.BOOLEAN) {
      throw source.error(
          "not_null", "a not_null column needs a default for its empty cells; add \"default\"");
    }
    return value;
  }

  private @Nullable String ofAirtable(String key, Owner owner) {
    if (owner != Owner.ENGINE) {
      return source.text(key);
    }
    if (source.has(key)) {
      throw source.error(key, "the engine's field has no " + key + "; remove the key");
    }
    return null;
  }

  private @Nullable String airtableType(Owner owner) {
    // Optional: what it does not say, the base's metadata does.
    String type = source.has("airtable_type") ? ofAirtable("airtable_type", owner) : null;
    if (type == null) {
      return null;
    }
    if (!AirtableTypes.known(type)) {
      throw source.error(
          "airtable_type", "unknown airtable_type \"" + type + "\"; use " + AirtableTypes.list());
    }
    if (owner == Owner.PORTAL && AirtableTypes.computed(type)) {
      throw source.error(
          "airtable_type",
          "Airtable computes a " + type + " itself; the portal can't own it, use another field");
    }
    return type;
  }

  private @Nullable String group(Owner owner) {
    String group = source.optionalText("group");
    if (owner == Owner.PORTAL && group == null) {
      throw source.error("a field of owner portal needs a group; add \"group\"");
    }
    if (owner != Owner.PORTAL && group != null) {
      throw source.error(
          "group", "group \"" + group + "\" holds a field that is not the portal's; remove it");
    }
    return group;
  }
}
