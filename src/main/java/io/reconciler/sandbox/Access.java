package io.reconciler.sandbox;

import io.reconciler.sandbox.table.ErrorReply;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which tokens exist and what they may do. */
final class Access {

  static final String READ = "data.records:read";
  static final String WRITE = "data.records:write";
  static final String SCHEMA = "schema.bases:read";

  private final Set<String> tokens;
  private final Map<String, Set<String>> withheld = new ConcurrentHashMap<>();

  Access(Set<String> tokens) {
    this.tokens = tokens;
  }

  void withhold(String token, String scope) {
    withheld.computeIfAbsent(token, ignored -> ConcurrentHashMap.newKeySet()).add(scope);
  }

  void giveBack(String token, String scope) {
    Set<String> scopes = withheld.get(token);
    if (scopes != null) {
      scopes.remove(scope);
    }
  }

  /** Returns the call's token; throws the API's 401 when there is none or it is unknown. */
  String authenticate(ApiCall call) {
    String token = call.token();
    if (token.isEmpty() || !(tokens.isEmpty() || tokens.contains(token))) {
      throw ErrorReply.unauthenticated();
    }
    return token;
  }

  /** Throws the API's 403 when the token lacks the scope. */
  void require(String token, String scope) {
    if (withheld.getOrDefault(token, Set.of()).contains(scope)) {
      throw ErrorReply.forbiddenOrMissing();
    }
  }
}
