package io.reconciler.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Turns the variables of notices into values; each throws MalformedValueException. */
final class NoticeParsers {

  private static final Pattern ADDRESS = Pattern.compile("[^@\\s,;<>\"]+@[^@\\s,;<>\"]+");

  private NoticeParsers() {}

  /** The URL is not repeated in the error: who has it may post. */
  static Secret webhook(String text) {
    URI url = uri(text);
    String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
    if (!Set.of("http", "https").contains(scheme) || url.getHost() == null) {
      throw new MalformedValueException("it must start with https:// or http:// and a host");
    }
    if (url.getRawUserInfo() != null || url.getRawFragment() != null) {
      throw new MalformedValueException("it must hold no user, password or #");
    }
    return new Secret(text);
  }

  static String addresses(String text) {
    List<String> addresses = Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    return String.join(",", addresses.stream().map(NoticeParsers::address).toList());
  }

  static String address(String text) {
    if (!ADDRESS.matcher(text).matches()) {
      throw new MalformedValueException("it must be an e-mail address alone, without a name");
    }
    return text;
  }

  static URI uri(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new MalformedValueException("it is not a URL");
    }
  }
}
