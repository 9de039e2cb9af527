package io.reconciler.user;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An active row of {@code users}.
 *
 * @param clientId the one client whose leads the user sees, null for none
 * @param name first and last name, else the e-mail address
 */
public record User(UUID id, String email, Role role, @Nullable UUID clientId, String name) {

  /** Reads a row written by {@code to_jsonb}; empty when it is inactive or its role is unknown. */
  static Optional<User> of(JsonNode row) {
    if (!row.path("is_active").asBoolean()) {
      return Optional.empty();
    }
    return Role.of(row.path("role").asText())
        .map(
            role ->
                new User(
                    UUID.fromString(row.path("id").asText()),
                    row.path("email").asText(),
                    role,
                    row.hasNonNull("client_id")
                        ? UUID.fromString(row.path("client_id").asText())
                        : null,
                    name(row)));
  }

  /** Whether the user sees the leads of every client. */
  public boolean seesAll() {
    return role == Role.SUPER_ADMIN;
  }

  private static String name(JsonNode row) {
    String names =
        Stream.of("first_name", "last_name")
            .filter(row::hasNonNull)
            .map(column -> row.path(column).asText().strip())
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining(" "));
    return names.isEmpty() ? row.path("email").asText() : names;
  }
}
