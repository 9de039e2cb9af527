package io.reconciler.service.user;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.settings.UsersTable;
import io.reconciler.side.postgres.OneColumn;
import io.reconciler.side.postgres.SqlFile;
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
  private static final String SET_PASSWORD = SqlFile.read("set-user-password");
  private static final String SET_ROLE = SqlFile.read("set-user-role");
  private static final String SET_CLIENT = SqlFile.read("set-user-client");
  private static final String SET_ACTIVE = SqlFile.read("set-user-active");
  private static final String REMOVE = SqlFile.read("remove-user");
  private static final String ADMINS = SqlFile.read("count-active-admins");
  private static final String COST = SqlFile.read("highest-password-cost");
  private static final String LIST = SqlFile.read("list-users");

  private static final String EMPTY = "select not exists (select from ${users})";

  private final JdbcClient jdbc;
  private final String place;

  /** The portal's table in this database. */
  public UserTable(JdbcClient jdbc) {
    this(jdbc, UsersTable.PORTALS);
  }

  public UserTable(JdbcClient jdbc, UsersTable table) {
    this.jdbc = jdbc;
    this.place = table.sql();
  }

  /** Whether nobody is in it. */
  public boolean isEmpty() {
    return sql(EMPTY).query(Boolean.class).single();
  }

  /** The active user with this id. */
  public Optional<User> byId(UUID id) {
    return sql(BY_ID)
        .param("id", id)
        .query(String.class)
        .optional()
        .map(OneColumn::parse)
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
      return sql(ADD)
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
    return sql(LIST).query(String.class).list().stream().map(OneColumn::parse).toList();
  }

  /** Another password; false when there is no such user. This and the next end tokens, sessions. */
  public boolean setPassword(String email, String passwordHash) {
    return changed(sql(SET_PASSWORD).param("hash", passwordHash), email);
  }

  public boolean setRole(String email, Role role) {
    return changed(sql(SET_ROLE).param("role", role.name()), email);
  }

  public boolean setClient(String email, @Nullable UUID client) {
    return changed(sql(SET_CLIENT).param("client", client), email);
  }

  /** Lets a user in again, or keeps one out. */
  public boolean setActive(String email, boolean active) {
    return changed(sql(SET_ACTIVE).param("active", active), email);
  }

  public boolean remove(String email) {
    return changed(sql(REMOVE), email);
  }

  /** Whether anybody can still administrate. */
  public boolean hasAdministrator() {
    return sql(ADMINS).query(Long.class).single() > 0;
  }

  /** The highest cost of a password hash; 0 when there is none. */
  int highestCost() {
    return sql(COST).query(Integer.class).single();
  }

  private JdbcClient.StatementSpec sql(String statement) {
    return jdbc.sql(statement.replace("${users}", place));
  }

  private static boolean changed(JdbcClient.StatementSpec statement, String email) {
    return statement.param("email", email).update() > 0;
  }

  Optional<Account> account(String email) {
    return sql(BY_EMAIL)
        .param("email", email)
        .query(String.class)
        .optional()
        .map(OneColumn::parse)
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
