package io.reconciler.engine.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says what the metadata about the token and its bases means. Pure. */
final class BaseRules {

  static final String TOKEN = "token";
  static final String AREA = "base";
  static final String READ = "data.records:read";
  static final String WRITE = "data.records:write";
  static final String SCHEMA = "schema.bases:read";

  private static final Set<String> MAY_WRITE = Set.of("edit", "create");

  private BaseRules() {}

  /** The lines for an answer to whoami, which shows scopes for some tokens only. */
  static List<CheckLine> token(JsonNode whoAmI) {
    List<CheckLine> lines = new ArrayList<>();
    lines.add(CheckLine.ok(TOKEN, "it is accepted, of the user " + whoAmI.path("id").asText()));
    JsonNode list = whoAmI.path("scopes");
    if (!list.isArray()) {
      lines.add(CheckLine.skipped(TOKEN, "the scope " + WRITE + " is not checked: reading only"));
      return lines;
    }
    List<String> scopes = new ArrayList<>();
    list.forEach(scope -> scopes.add(scope.asText()));
    for (String scope : List.of(READ, WRITE)) {
      lines.add(
          scopes.contains(scope)
              ? CheckLine.ok(TOKEN, "it has the scope " + scope)
              : CheckLine.failed(
                  TOKEN, "it lacks the scope " + scope, "add the scope to the token"));
    }
    return lines;
  }

  /** The permission level of each base on a page of the token's bases. */
  static Map<String, String> levels(JsonNode page) {
    Map<String, String> levels = new LinkedHashMap<>();
    page.path("bases")
        .forEach(
            base -> levels.put(base.path("id").asText(), base.path("permissionLevel").asText()));
    return levels;
  }

  /** The line for a base with that permission level, null if the token's bases lack it. */
  static CheckLine base(String baseId, @Nullable String level) {
    if (level == null) {
      return CheckLine.failed(
          AREA,
          baseId + " is not among the bases of the token",
          "add the base to the token, or correct the base id of the client");
    }
    return MAY_WRITE.contains(level)
        ? CheckLine.ok(AREA, baseId + " is there, permission " + level)
        : CheckLine.failed(
            AREA,
            baseId + " can't be written: the permission is " + level,
            "make the token's user an editor of the base");
  }
}
