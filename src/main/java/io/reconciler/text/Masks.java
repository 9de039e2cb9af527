package io.reconciler.text;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/**
 * Takes secrets out of texts: those that the program was given, in whatever spelling they travel,
 * and what has the form of one.
 */
public final class Masks {

  /** What stands in a secret's place. */
  public static final String MASK = "***";

  /** A shorter one would hide half of the words of a log; by its form it is hidden all the same. */
  private static final int SHORTEST = 6;

  private static final int SHORTEST_PART = 8;

  private static final CopyOnWriteArrayList<String> KNOWN = new CopyOnWriteArrayList<>();

  /** What is kept of a match is its first group. */
  private static final List<Pattern> FORMS =
      List.of(
          // Headers, as they travel and as maps and lists show them.
          Pattern.compile(
              "((?i:authorization)[\"']?\\s*[:=]\\s*[\"'\\[(]*(?:(?i:bearer|basic|digest|token)\\s+)?)"
                  + "[^\\s\"',;\\])}]+"),
          Pattern.compile("((?i:cookie)[\"']?\\s*[:=]\\s*[\"'\\[(]*)[^\\r\\n\"'\\])}]+"),
          Pattern.compile("\\b((?i:bearer)\\s+)[\\w.~+/-]{16,}=*"),
          // JSON, forms and URLs.
          Pattern.compile(
              "((?i:password|passwd|pwd|secret|api[_-]?key|access_?token)\\\\?[\"']\\s*:\\s*\\\\?)"
                  + "\"(?:[^\"\\\\]|\\\\.)*\"?"),
          Pattern.compile(
              "\\b((?i:ssl|trust|key|user|new|old)?(?i:password|passwd|pwd)\\s*=\\s*)[^\\s\"'&,;\\])}]+"),
          Pattern.compile("(\\b[a-z][a-z0-9+.-]*://[^\\s/:@]*:)[^\\s/@]+(?=@)"),
          // JSON Web Tokens, Airtable's tokens, hashes of passwords.
          Pattern.compile("()\\beyJ[\\w-]{8,}\\.[\\w-]+(?:\\.[\\w-]*)?"),
          Pattern.compile("()\\bpat\\w{14}\\.\\w{16,}"),
          Pattern.compile("()\\$2[abxy]\\$\\d\\d\\$[./\\w]{53}"));

  private Masks() {}

  /** Has a secret masked from now on, wherever it shows up. */
  public static void add(String secret) {
    remember(secret);
    remember(URLEncoder.encode(secret, StandardCharsets.UTF_8));
    remember(URLEncoder.encode(secret, StandardCharsets.UTF_8).replace("+", "%20"));
    remember(secret.replace("\\", "\\\\").replace("\"", "\\\""));
    remember(base64(secret));
    int authority = secret.indexOf("://");
    int path = authority < 0 ? -1 : secret.indexOf('/', authority + 3);
    if (path > 0) {
      // A URL that is a credential goes out as host and path.
      remember(secret.substring(path));
      for (String part : secret.substring(path).split("[/?&=]")) {
        rememberPart(part);
      }
    }
  }

  /** The text without a secret. */
  public static String hide(String text) {
    String hidden = text;
    for (Pattern form : FORMS) {
      hidden = form.matcher(hidden).replaceAll("$1" + MASK);
    }
    for (String secret : KNOWN) {
      if (hidden.contains(secret)) {
        hidden = without(secret, hidden);
      }
    }
    return hidden;
  }

  // A word that is somebody's password is hidden as that word, not inside of others.
  private static String without(String secret, String text) {
    return secret.chars().allMatch(Character::isLetter)
        ? Pattern.compile("(?<!\\p{L})" + Pattern.quote(secret) + "(?!\\p{L})")
            .matcher(text)
            .replaceAll(MASK)
        : text.replace(secret, MASK);
  }

  private static void rememberPart(String part) {
    if (part.length() >= SHORTEST_PART && part.chars().anyMatch(Character::isDigit)) {
      remember(part);
    }
  }

  // The longest first, so that no rest of a longer one stays.
  private static synchronized void remember(String secret) {
    if (secret.length() < SHORTEST || secret.equals("reconciler") || KNOWN.contains(secret)) {
      return;
    }
    int at = 0;
    while (at < KNOWN.size() && KNOWN.get(at).length() >= secret.length()) {
      at++;
    }
    KNOWN.add(at, secret);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
