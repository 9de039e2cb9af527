package io.reconciler.service.user;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An active row of {@code users}, whose client, if there is one, is active too.
 *
 * @param clientId the one client whose leads the user sees, null for none
 * @param name first and last name, else the e-mail address
 * @param version of the password and of what a command set since: another one ends tokens and
 *     sessions
 */
public record User(
    UUID id, String email, Role role, @Nullable UUID clientId, String name, String version) {

  private static final int VERSION_BYTES = 16;

  /**
   * Reads a row written by {@code to_jsonb}; empty when it is inactive, its client is, or its role
   * is unknown. An administrator is no client's.
   */
  static Optional<User> of(JsonNode row) {
    if (!row.path("is_active").asBoolean()) {
      return Optional.empty();
    }
    boolean ofNobody = !row.path("reconciler_client_active").asBoolean(true);
    return Role.of(row.path("role").asText())
        .filter(role -> role == Role.SUPER_ADMIN || !ofNobody)
        .map(
            role ->
                new User(
                    UUID.fromString(row.path("id").asText()),
                    row.path("email").asText(),
                    role,
                    row.hasNonNull("client_id")
                        ? UUID.fromString(row.path("client_id").asText())
                        : null,
                    name(row),
                    version(row)));
  }

  /** Whether the user sees the leads of every client. */
  public boolean seesAll() {
    return role == Role.SUPER_ADMIN;
  }

  // The hash of a hash with a random salt tells nothing; a token may carry it.
  private static String version(JsonNode row) {
    String text =
        row.path("password_hash").asText() + ' ' + row.path("reconciler_revision").asLong();
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, VERSION_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
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
