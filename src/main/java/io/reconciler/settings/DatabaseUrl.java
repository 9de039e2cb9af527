package io.reconciler.settings;

import org.jspecify.annotations.Nullable;

/**
 * Where PostgreSQL is, as JDBC wants it, with the user and the password beside the URL.
 *
 * @param schema the portal's schema, if the URL names it; a plain name
 * @param jdbcUrl holds neither user nor password; its query may hold what the user put there
 */
public record DatabaseUrl(
    String jdbcUrl, @Nullable String user, @Nullable Secret password, @Nullable String schema) {

  /**
   * Reads postgres://, postgresql:// (as libpq does) and jdbc:postgresql: URLs; throws
   * MalformedValueException with a reason that repeats nothing of the URL.
   */
  public static DatabaseUrl parse(String text) {
    return DatabaseUrlParser.parse(text);
  }

  /** The URL up to its query, with the user, for logs and for people. */
  @Override
  public String toString() {
    int query = jdbcUrl.indexOf('?');
    String shown = query < 0 ? jdbcUrl : jdbcUrl.substring(0, query);
    return user == null ? shown : shown + " as " + user;
  }
}
