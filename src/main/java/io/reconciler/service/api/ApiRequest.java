package io.reconciler.service.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.service.user.User;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request as an endpoint sees it: none of its headers are left.
 *
 * @param user who is signed in; null on the one endpoint that needs no token
 * @param address where the request comes from
 * @param path the variables in the path, by name
 * @param query the first value of each query parameter
 * @param body the JSON object that was sent, empty when nothing was
 */
public record ApiRequest(
    @Nullable User user,
    String address,
    Map<String, String> path,
    Map<String, String> query,
    JsonNode body) {

  public User signedIn() {
    return Objects.requireNonNull(user, "an endpoint without a token has no user");
  }

  /**
   * The id in the path.
   *
   * @throws ApiException 400 when it is no UUID
   */
  public UUID id() {
    return uuid(path.getOrDefault("id", ""));
  }

  /** The key in the path, of whatever type its table has. */
  public String key() {
    return path.getOrDefault("id", "");
  }

  /**
   * A text of the body that must be there.
   *
   * @throws ApiException 400 when it is missing or no text
   */
  public String text(String name) {
    JsonNode value = body.path(name);
    if (!value.isTextual()) {
      throw new ApiException(ApiError.badRequest(name + " is missing or no text"));
    }
    return value.textValue();
  }

  private static UUID uuid(String text) {
    try {
      UUID id = UUID.fromString(text);
      // The parser also takes 1-1-1-1-1.
      if (id.toString().equalsIgnoreCase(text)) {
        return id;
      }
    } catch (IllegalArgumentException e) {
      // Answered below, as every other text that is none.
    }
    throw new ApiException(ApiError.badRequest("the id in the path is no UUID"));
  }
}
