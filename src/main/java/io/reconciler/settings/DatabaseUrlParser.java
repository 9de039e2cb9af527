package io.reconciler.settings;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Takes a URL of PostgreSQL apart; no error repeats any of it, since any part may be a password.
 */
final class DatabaseUrlParser {

  private static final Pattern FORM =
      Pattern.compile("(jdbc:)?(postgres|postgresql):(//)?(.*)", Pattern.CASE_INSENSITIVE);
  private static final Pattern HOST =
      Pattern.compile("(\\[[0-9A-Fa-f:.%]+]|[^\\[\\]:,/\\s]*)(?::([0-9]*))?");
  private static final Pattern SCHEMA = Pattern.compile("[\\p{L}_][\\p{L}\\p{Nd}_$-]{0,62}");
  private static final Map<String, String> LIBPQ_NAMES =
      Map.of(
          "application_name", "ApplicationName",
          "channel_binding", "channelBinding",
          "connect_timeout", "connectTimeout");
  private static final Set<String> TLS_MODES =
      Set.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");

  /** Those of the driver, of libpq and of Prisma. */
  private static final Set<String> TLS_NAMES =
      Set.of(
          "ssl",
          "sslmode",
          "sslrootcert",
          "sslcert",
          "sslkey",
          "sslpassword",
          "sslfactory",
          "sslhostnameverifier",
          "sslpasswordcallback",
          "sslnegotiation",
          "sslResponseTimeout",
          "sslcrl",
          "sslcrldir",
          "sslcompression",
          "sslcertmode",
          "sslkeylogfile",
          "sslsni",
          "ssl_min_protocol_version",
          "ssl_max_protocol_version",
          "sslaccept",
          "sslidentity");

  private static final Set<String> PLACES = Set.of("host", "hostaddr", "port", "dbname");
  private static final String ENCODE_ADVICE =
      " (in a password write @ as %40, / as %2F, : as %3A, ? as %3F and % as %25)";

  private final boolean jdbc;
  private final List<String> parameters = new ArrayList<>();
  private @Nullable String user;
  private @Nullable String password;
  private @Nullable String schema;

  private DatabaseUrlParser(boolean jdbc) {
    this.jdbc = jdbc;
  }

  static DatabaseUrl parse(String text) {
    Parsers.ensureBare(text);
    Matcher form = FORM.matcher(text);
    if (!form.matches() || (form.group(1) == null && form.group(3) == null)) {
      throw new MalformedValueException(
          "it must start with postgresql://, postgres:// or jdbc:postgresql:");
    }
    String rest = form.group(3) == null ? "/" + form.group(4) : form.group(4);
    return new DatabaseUrlParser(form.group(1) != null).read(rest);
  }

  private DatabaseUrl read(String rest) {
    int query = rest.indexOf('?');
    String place = query < 0 ? rest : rest.substring(0, query);
    int slash = place.indexOf('/');
    String authority = slash < 0 ? place : place.substring(0, slash);
    String hosts = hosts(withoutUser(authority));
    String database = database(slash < 0 ? "" : place.substring(slash + 1));
    if (query >= 0) {
      readQuery(rest.substring(query + 1));
    }
    String url = "jdbc:postgresql://" + hosts + "/" + encode(database);
    return new DatabaseUrl(
        parameters.isEmpty() ? url : url + "?" + String.join("&", parameters),
        user,
        password == null ? null : new Secret(password),
        schema);
  }

  private String withoutUser(String authority) {
    int at = authority.lastIndexOf('@');
    if (at < 0) {
      return authority;
    }
    String login = authority.substring(0, at);
    int colon = login.indexOf(':');
    user = emptyToNull(PercentCode.decode(colon < 0 ? login : login.substring(0, colon)));
    password = colon < 0 ? null : emptyToNull(PercentCode.decode(login.substring(colon + 1)));
    return authority.substring(at + 1);
  }

  private static String hosts(String list) {
    if (list.toLowerCase(Locale.ROOT).startsWith("%2f")) {
      throw new MalformedValueException(
          "it names a Unix socket, which Java cannot open; name a host, such as localhost");
    }
    return List.of(list.split(",", -1)).stream()
        .map(DatabaseUrlParser::host)
        .collect(Collectors.joining(","));
  }

  private static String host(String text) {
    Matcher host = HOST.matcher(text);
    if (!host.matches()) {
      throw new MalformedValueException("the host or the port cannot be read" + ENCODE_ADVICE);
    }
    String name = host.group(1).isEmpty() ? "localhost" : PercentCode.decode(host.group(1));
    String port = host.group(2) == null || host.group(2).isEmpty() ? "5432" : host.group(2);
    if (port.length() > 5 || Integer.parseInt(port) < 1 || Integer.parseInt(port) > 65_535) {
      throw new MalformedValueException("the port must be between 1 and 65535" + ENCODE_ADVICE);
    }
    return name + ":" + port;
  }

  private String database(String path) {
    String database = decode(path);
    if (database.isEmpty()) {
      throw new MalformedValueException("it names no database after the host");
    }
    return database;
  }

  private void readQuery(String query) {
    for (String parameter : query.split("&")) {
      int equals = parameter.indexOf('=');
      String name = decode(equals < 0 ? parameter : parameter.substring(0, equals));
      String value = equals < 0 ? "" : decode(parameter.substring(equals + 1));
      readParameter(name, value);
    }
  }

  private void readParameter(String name, String value) {
    if (name.equals("user")) {
      user = emptyToNull(value);
    } else if (name.equals("password")) {
      password = emptyToNull(value);
    } else if (PLACES.contains(name)) {
      throw new MalformedValueException(
          "host, port and database must stand before the ?, not after it");
    } else if (name.equals("schema") && !jdbc) {
      schema = schema(value);
    } else if (name.equals("sslmode") || (name.equals("ssl") && !jdbc)) {
      tls(name, value.toLowerCase(Locale.ROOT));
    } else if (name.toLowerCase(Locale.ROOT).startsWith("ssl") && !TLS_NAMES.contains(name)) {
      // The driver passes over what it does not know: a connection less safe than was asked for.
      throw new MalformedValueException(
          "it has a parameter about TLS that nobody knows; known are "
              + String.join(", ", new TreeSet<>(TLS_NAMES)));
    } else if (!name.isEmpty()) {
      parameters.add(encode(jdbcName(name)) + "=" + encode(value));
    }
  }

  // node's and Heroku's: TLS with whatever certificate; the driver of JDBC calls that "require",
  // and takes "ssl=true" as the strictest of all.
  private void tls(String name, String value) {
    String mode = value;
    if (name.equals("ssl")) {
      mode = value.equals("false") || value.equals("0") ? "disable" : "require";
    } else if (value.equals("no-verify")) {
      mode = "require";
    }
    if (!TLS_MODES.contains(mode)) {
      throw new MalformedValueException(
          "sslmode must be one of disable, allow, prefer, require, verify-ca, verify-full, no-verify");
    }
    parameters.removeIf(known -> name.equals("sslmode") && known.startsWith("sslmode="));
    if (parameters.stream().noneMatch(known -> known.startsWith("sslmode="))) {
      parameters.add("sslmode=" + mode);
    }
  }

  /** Prisma's parameter. */
  private static @Nullable String schema(String name) {
    if (!name.isEmpty() && !SCHEMA.matcher(name).matches()) {
      throw new MalformedValueException(
          "the schema must be a plain name: letters, digits, _, - and $, at most 63");
    }
    return emptyToNull(name);
  }

  private String jdbcName(String name) {
    return jdbc ? name : LIBPQ_NAMES.getOrDefault(name, name);
  }

  /** In a JDBC URL a plus is a blank; in a URL of libpq it is a plus. */
  private String decode(String text) {
    return PercentCode.decode(jdbc ? text.replace('+', ' ') : text);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static @Nullable String emptyToNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
