package io.reconciler.user;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.store.Rows;
import io.reconciler.store.SqlFile;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code users}, which may be the portal's own. */
public final class UserTable {

  private static final String BY_ID = SqlFile.read("user-by-id");
  private static final String BY_EMAIL = SqlFile.read("user-by-email");
  private static final String ADD = SqlFile.read("add-user");
  private static final String LIST = SqlFile.read("list-users");

  private final JdbcClient jdbc;

  /** The table in this database. */
  public UserTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The active user with this id. */
  public Optional<User> byId(UUID id) {
    return jdbc.sql(BY_ID)
        .param("id", id)
        .query(String.class)
        .optional()
        .map(Rows::parse)
        .flatMap(User::of);
  }

  /** The active user with this e-mail address, in capitals or not. */
  public Optional<User> byEmail(String email) {
    return account(email).map(Account::user);
  }

  /**
   * Adds an active user; false when the e-mail address is taken.
   *
   * @param passwordHash bcrypt
   */
  public boolean add(String email, String passwordHash, Role role, @Nullable UUID clientId) {
    return add(UUID.randomUUID(), email, passwordHash, role, clientId);
  }

  /** The same, with an id that was given elsewhere. */
  public boolean add(
      UUID id, String email, String passwordHash, Role role, @Nullable UUID clientId) {
    try {
      return jdbc.sql(ADD)
              .param("id", id)
              .param("email", email)
              .param("hash", passwordHash)
              .param("role", role.name())
              .param("client", clientId)
              .update()
          > 0;
    } catch (DuplicateKeyException e) {
      // Somebody added the same address in this moment.
      return false;
    }
  }

  /** Every user, active or not, without password hashes. */
  public List<JsonNode> list() {
    return jdbc.sql(LIST).query(String.class).list().stream().map(Rows::parse).toList();
  }

  Optional<Account> account(String email) {
    return jdbc.sql(BY_EMAIL)
        .param("email", email)
        .query(String.class)
        .optional()
        .map(Rows::parse)
        .flatMap(
            row ->
                User.of(row).map(user -> new Account(user, row.path("password_hash").asText(""))));
  }

  /** An active user with what the password is checked against. */
  record Account(User user, String passwordHash) {

    @Override
    public String toString() {
      return user.toString();
    }
  }
}
