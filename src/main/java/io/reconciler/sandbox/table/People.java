package io.reconciler.sandbox.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The users of every base. */
public final class People {

  private static final List<String> NAMES = List.of("Ada Quinn", "Ben Okafor", "Chloé Mars");

  private People() {}

  /** Everybody: id, e-mail and name. */
  public static List<ObjectNode> all() {
    return NAMES.stream().map(name -> person(NAMES.indexOf(name))).toList();
  }

  public static ObjectNode person(int number) {
    String name = NAMES.get(number);
    String mail = name.substring(0, name.indexOf(' ')).toLowerCase(Locale.ROOT);
    return Json.object()
        .put("id", "usrSandbox000000" + (number + 1))
        .put("email", mail.replace('é', 'e') + "@example.com")
        .put("name", name);
  }

  /** The user with the id or e-mail of the value; empty when nobody has. */
  public static Optional<ObjectNode> find(JsonNode value) {
    String key =
        value.isTextual()
            ? value.textValue()
            : value.path("id").asText(value.path("email").asText());
    return all().stream()
        .filter(
            person ->
                person.path("id").asText().equals(key)
                    || person.path("email").asText().equalsIgnoreCase(key)
                    || (value.isTextual() && person.path("name").asText().equals(key)))
        .findFirst();
  }
}
