package io.reconciler.settings;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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

  /** The names of its hosts, without ports. */
  public Set<String> hosts() {
    String place = jdbcUrl.replaceFirst("^[a-z:]*//", "").replaceFirst("/.*$", "");
    return Arrays.stream(place.split(",", -1))
        .map(host -> host.replaceFirst(":[0-9]*$", ""))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** What its query says of this parameter of the driver; the last word counts. */
  public Optional<String> parameter(String name) {
    int query = jdbcUrl.indexOf('?');
    return query < 0
        ? Optional.empty()
        : Arrays.stream(jdbcUrl.substring(query + 1).split("&", -1))
            .filter(part -> part.startsWith(name + "="))
            .map(part -> part.substring(name.length() + 1))
            .reduce((first, last) -> last);
  }

  /** The URL up to its query, with the user, for logs and for people. */
  @Override
  public String toString() {
    int query = jdbcUrl.indexOf('?');
    String shown = query < 0 ? jdbcUrl : jdbcUrl.substring(0, query);
    return user == null ? shown : shown + " as " + user;
  }
}
