package io.reconciler.program.init;

import java.util.regex.Pattern;

/** How a mapping names a table or field of Airtable. */
final class References {

  private static final Pattern ID = Pattern.compile("(tbl|fld)[0-9A-Za-z]{14}");

  private References() {}

  /** The name, which people read, unless it is none or looks like an id. */
  static String of(String name, String id) {
    return name.isBlank() || ID.matcher(name).matches() ? id : name;
  }
}
