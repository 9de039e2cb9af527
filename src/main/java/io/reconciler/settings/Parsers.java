package io.reconciler.settings;

import io.reconciler.decide.Granularity;
import io.reconciler.text.Masks;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Turns the text of one variable into its value; each throws MalformedValueException. */
final class Parsers {

  private static final Pattern BASE_ID = Pattern.compile("app[0-9A-Za-z]{14}");
  private static final Pattern RETIRED_KEY = Pattern.compile("key[0-9A-Za-z]{14}");
  private static final Pattern VISIBLE_ASCII = Pattern.compile("[!-~]+");
  private static final Pattern DIGITS = Pattern.compile("[0-9]+");
  private static final Pattern DEBUG = Pattern.compile("\\*|reconciler(?::(\\*|[a-z]+))?");
  private static final int SHORTEST_JWT_SECRET = 32;

  private Parsers() {}

  /** A whole number of the unit, both bounds included. */
  static Function<String, Long> number(long least, long most, String unit) {
    String both = "between %d and %d %s".formatted(least, most, unit);
    // That there is an upper bound matters to nobody but who is beyond it.
    String bounds = most == Long.MAX_VALUE ? least + " or more " + unit : both;
    return text -> {
      if (!DIGITS.matcher(text.startsWith("-") ? text.substring(1) : text).matches()) {
        throw new MalformedValueException("it must be a whole number, " + bounds.strip());
      }
      BigInteger number = new BigInteger(text);
      if (number.compareTo(BigInteger.valueOf(least)) < 0) {
        throw new MalformedValueException("it must be " + bounds.strip());
      }
      if (number.compareTo(BigInteger.valueOf(most)) > 0) {
        throw new MalformedValueException("it must be " + both.strip());
      }
      return number.longValueExact();
    };
  }

  /** Shells take the quotes away, files of variables do not. */
  static void ensureBare(String text) {
    if (text.startsWith("\"") || text.startsWith("'")) {
      throw new MalformedValueException("it is in quotes, leave them out");
    }
  }

  static Secret apiKey(String text) {
    if (!VISIBLE_ASCII.matcher(text).matches()) {
      throw new MalformedValueException(
          "it holds blanks, line breaks or characters that no Airtable token has");
    }
    ensureBare(text);
    if (RETIRED_KEY.matcher(text).matches()) {
      throw new MalformedValueException(
          "it is an old API key, which Airtable stopped accepting on 2024-02-01;"
              + " create a personal access token at https://airtable.com/create/tokens");
    }
    return new Secret(text);
  }

  /** The value is not repeated in the error: a token pasted here by mistake stays unseen. */
  static String baseId(String text) {
    if (!isBaseId(text)) {
      throw new MalformedValueException("a base id is app and 14 letters or digits");
    }
    return text;
  }

  static boolean isBaseId(String text) {
    return BASE_ID.matcher(text).matches();
  }

  static URI apiUrl(String text) {
    return httpUrl(text);
  }

  /** A URL of http or https without a slash at its end. */
  static URI httpUrl(String text) {
    URI url = uri(text.replaceAll("/+$", ""));
    String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
    if (!Set.of("http", "https").contains(scheme) || url.getHost() == null) {
      throw new MalformedValueException("it must start with https:// or http:// and a host");
    }
    if (url.getRawUserInfo() != null) {
      throw new MalformedValueException("it must hold no user or password");
    }
    if (url.getRawQuery() != null || url.getRawFragment() != null) {
      throw new MalformedValueException("it must end with the path, without ? or #");
    }
    return url;
  }

  private static URI uri(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new MalformedValueException("it is not a URL");
    }
  }

  static Granularity granularity(String text) {
    try {
      return Granularity.of(text);
    } catch (IllegalArgumentException e) {
      throw new MalformedValueException("it must be field or record");
    }
  }

  static boolean yesOrNo(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new MalformedValueException("it must be true or false");
    };
  }

  static Secret jwtSecret(String text) {
    if (text.getBytes(StandardCharsets.UTF_8).length < SHORTEST_JWT_SECRET) {
      throw new MalformedValueException("it must be at least 32 bytes long");
    }
    return new Secret(text);
  }

  static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new MalformedValueException("it is no address or host name of this machine");
    }
  }

  static Path mapping(String text) {
    if (!text.startsWith("file:")) {
      throw new MalformedValueException("it must start with file:");
    }
    Path path = path(text.substring("file:".length()).replaceFirst("^//(?=/)", ""));
    boolean usable = Files.isRegularFile(path) || Files.isDirectory(path);
    if (!usable || !Files.isReadable(path)) {
      throw new MalformedValueException(
          "there is no readable file or folder at " + path.toAbsolutePath());
    }
    return path;
  }

  static String logFormat(String text) {
    if (!Set.of("text", "json").contains(text)) {
      throw new MalformedValueException("it must be text or json");
    }
    return text;
  }

  /** The value is not repeated in the error: it is as a rule a secret. */
  static Secret headers(String text) {
    if (!VISIBLE_ASCII.matcher(text).matches()
        || !Stream.of(text.split(",", -1)).allMatch(header -> header.indexOf('=') > 0)) {
      throw new MalformedValueException(
          "it must be name=value, several of them with commas between");
    }
    // Each goes out by itself.
    Stream.of(text.split(",", -1))
        .forEach(header -> Masks.add(header.substring(header.indexOf('=') + 1)));
    return new Secret(text);
  }

  /** What the text says about the reconciler, as {@code reconciler:pull,reconciler:*} does. */
  static Set<String> debugPackages(String text) {
    Set<String> packages = new TreeSet<>();
    for (String word : text.split("[\\s,]+", -1)) {
      Matcher ours = DEBUG.matcher(word);
      if (ours.matches()) {
        packages.add(ours.group(1) == null ? "*" : ours.group(1));
      }
    }
    return packages;
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new MalformedValueException("it is not the name of a file");
    }
  }
}
