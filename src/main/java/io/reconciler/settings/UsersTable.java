package io.reconciler.settings;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where those stand who may sign in.
 *
 * @param schema null: the portal's
 * @param name plain, like the schema: nothing in it needs more than quotes in a statement
 */
public record UsersTable(@Nullable String schema, String name) {

  /** The portal's own. */
  public static final UsersTable PORTALS = new UsersTable(null, "users");

  private static final Pattern PLACE =
      Pattern.compile("(?:([A-Za-z_][A-Za-z0-9_]{0,62})\\.)?([A-Za-z_][A-Za-z0-9_]{0,62})");

  /** Reads {@code name} or {@code schema.name}. */
  static UsersTable parse(String text) {
    Matcher place = PLACE.matcher(text);
    if (!place.matches()) {
      throw new MalformedValueException(
          "it must be the name of a table, or schema.name, of letters, digits and _");
    }
    if ("clients".equals(place.group(2)) || "leads".equals(place.group(2))) {
      throw new MalformedValueException("clients and leads are tables of another kind");
    }
    return new UsersTable(place.group(1), place.group(2));
  }

  /** As statements name it. */
  public String sql() {
    return (schema == null ? "" : '"' + schema + "\".") + '"' + name + '"';
  }

  /** As a person reads it. */
  @Override
  public String toString() {
    return schema == null ? name : schema + "." + name;
  }
}
