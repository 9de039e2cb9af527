package io.reconciler.program.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reconciler.cli.Console;
import io.reconciler.cli.ExitCode;
import io.reconciler.cli.NewUser;
import io.reconciler.service.user.Passwords;
import io.reconciler.service.user.Role;
import io.reconciler.service.user.SignIn;
import io.reconciler.service.user.User;
import io.reconciler.service.user.UserTable;
import io.reconciler.settings.Need;
import io.reconciler.settings.Settings;
import io.reconciler.world.SideBySide;
import io.reconciler.world.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The commands on users, on a real PostgreSQL. */
@SideBySide(SideBySide.Lane.COMMANDS)
class UserProgramTest {

  private static final String BASE = "appTest0000000001";

  private String url = TestDatabase.migratedUrl();
  private final Map<String, String> environment = new HashMap<>(Map.of("DATABASE_URL", url));
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  /** Where the command is the first of all. */
  private void onAnEmptyDatabase() {
    url = TestDatabase.url();
    environment.put("DATABASE_URL", url);
  }

  private UserProgram program(String stdin) {
    return new UserProgram(
        environment::get,
        new PasswordSource(new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8))));
  }

  private Console console() {
    return new Console(print(out), print(err), false, false);
  }

  private static PrintStream print(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private int add(String email, String role, String client, String stdin) {
    return program(stdin).add(new NewUser(email, role, client, true), console());
  }

  @Test
  void lists_keep_to_a_narrow_terminal() {
    ClientProgram clients = new ClientProgram(environment::get);
    clients.addClient("Acme of the North and South", "office@acme.example", BASE, console());
    add("somebody.with.a.long.name@portal.acme.example", "CLIENT_USER", BASE, "correct horse\n");
    out.reset();
    Console narrow = new Console(print(out), print(err), false, false, false, true, 60);

    clients.listClients(false, narrow);
    program("").list(false, narrow);

    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .hasSize(4)
        .allMatch(line -> line.length() <= 60)
        .startsWith(BASE + "  active    Acme of the North and South")
        .endsWith("  active    " + BASE);
  }

  @Test
  void a_user_is_added_and_can_sign_in_with_the_password() {
    onAnEmptyDatabase();
    assertThat(add("Ann@example.com", "SUPER_ADMIN", null, "correct horse\nmore")).isZero();
    try (var pool = TestDatabase.pool(url)) {
      UserTable users = new UserTable(JdbcClient.create(pool));
      Optional<User> user =
          new SignIn(users, new Passwords(), Clock.systemUTC())
              .with("ann@example.com", "correct horse", "here");
      assertThat(user.orElseThrow().role()).isEqualTo(Role.SUPER_ADMIN);
    }
    assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain("horse");
  }

  @Test
  void a_taken_address_and_an_unknown_base_are_2_and_change_nothing() {
    add("ann@example.com", "SUPER_ADMIN", null, "correct horse");
    out.reset();
    assertThat(add("ANN@example.com", "CLIENT_USER", null, "correct horse"))
        .isEqualTo(ExitCode.USAGE);
    assertThat(add("bob@example.com", "CLIENT_USER", BASE, "correct horse"))
        .isEqualTo(ExitCode.USAGE);
    assertThat(out.size()).isZero();
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("already", BASE);
  }

  @Test
  void a_password_that_is_missing_or_too_short_is_2() {
    assertThat(add("ann@example.com", "SUPER_ADMIN", null, "")).isEqualTo(ExitCode.USAGE);
    assertThat(add("ann@example.com", "SUPER_ADMIN", null, "short\n")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString(StandardCharsets.UTF_8).lines())
        .containsExactly("no password on stdin", "a password has at least 8 characters");
  }

  private Optional<User> signIn(String password) {
    try (var pool = TestDatabase.pool(url)) {
      UserTable users = new UserTable(JdbcClient.create(pool));
      return new SignIn(users, new Passwords(), Clock.systemUTC())
          .with("ann@example.com", password, "here");
    }
  }

  @Test
  void what_a_command_changes_holds_and_makes_another_version() {
    add("ann@example.com", "SUPER_ADMIN", null, "correct horse");
    User first = signIn("correct horse").orElseThrow();
    assertThat(program("another horse").password("Ann@example.com", true, console())).isZero();
    assertThat(signIn("correct horse")).isEmpty();
    User second = signIn("another horse").orElseThrow();
    assertThat(second.version()).isNotEqualTo(first.version());
    assertThat(program("").role("ann@example.com", "CLIENT_USER", console())).isZero();
    User third = signIn("another horse").orElseThrow();
    assertThat(third.role()).isEqualTo(Role.CLIENT_USER);
    assertThat(third.version()).isNotEqualTo(second.version());
    assertThat(program("").activate("ann@example.com", false, console())).isZero();
    assertThat(signIn("another horse")).isEmpty();
    assertThat(program("").activate("ann@example.com", true, console())).isZero();
    assertThat(signIn("another horse").orElseThrow().version()).isNotEqualTo(third.version());
    assertThat(program("").client("ann@example.com", null, console())).isZero();
    assertThat(program("").remove("ann@example.com", console())).isZero();
    assertThat(signIn("another horse")).isEmpty();
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("no active SUPER_ADMIN is left");
    assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain("horse");
  }

  @Test
  void a_user_who_is_not_there_is_2_whatever_is_to_be_changed() {
    assertThat(program("another horse").password("x@example.com", true, console())).isEqualTo(2);
    assertThat(program("").role("x@example.com", "CLIENT_USER", console())).isEqualTo(2);
    assertThat(program("").client("x@example.com", null, console())).isEqualTo(2);
    assertThat(program("").client("x@example.com", BASE, console())).isEqualTo(2);
    assertThat(program("").activate("x@example.com", true, console())).isEqualTo(2);
    assertThat(program("").remove("x@example.com", console())).isEqualTo(2);
    assertThat(out.size()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sync_users", "app.people", "reconciler.users", "Mixed_Case"})
  void users_stand_where_the_setting_says_and_the_portals_own_are_left_alone(String place) {
    onAnEmptyDatabase();
    try (var pool = TestDatabase.pool(url)) {
      JdbcClient portal = JdbcClient.create(pool);
      portal.sql("create table users (id serial primary key, name text not null)").update();
      portal.sql("insert into users (name) values ('theirs')").update();
      portal.sql("create schema app").update();
    }
    environment.put("RECONCILER_USERS_TABLE", place);

    assertThat(add("ann@example.com", "SUPER_ADMIN", null, "correct horse")).isZero();
    assertThat(program("another horse").password("ann@example.com", true, console())).isZero();
    assertThat(program("").role("ann@example.com", "CLIENT_USER", console())).isZero();
    assertThat(program("").client("ann@example.com", null, console())).isZero();
    assertThat(program("").activate("ann@example.com", false, console())).isZero();
    assertThat(program("").activate("ann@example.com", true, console())).isZero();
    assertThat(program("").list(true, console())).isZero();

    try (var pool = TestDatabase.pool(url)) {
      JdbcClient jdbc = JdbcClient.create(pool);
      UserTable users =
          new UserTable(
              jdbc, Settings.read(environment::get, Set.of(Need.DATABASE)).storage().users());
      User user =
          new SignIn(users, new Passwords(), Clock.systemUTC())
              .with("ann@example.com", "another horse", "here")
              .orElseThrow();
      assertThat(users.byId(user.id())).isPresent();
      assertThat(users.isEmpty()).isFalse();
      assertThat(jdbc.sql("select name from users").query(String.class).list())
          .isEqualTo(List.of("theirs"));
    }
    assertThat(program("").remove("ann@example.com", console())).isZero();
  }

  @Test
  void another_table_may_be_named_after_the_first_start() {
    onAnEmptyDatabase();
    add("ann@example.com", "SUPER_ADMIN", null, "correct horse");
    environment.put("RECONCILER_USERS_TABLE", "sync_users");
    assertThat(add("bob@example.com", "SUPER_ADMIN", null, "correct horse")).isZero();
    environment.put("RECONCILER_USERS_TABLE", "nowhere.users");
    err.reset();
    assertThatThrownBy(() -> add("bob@example.com", "SUPER_ADMIN", null, "correct horse"))
        .hasMessageContaining("create schema nowhere authorization postgres");
  }

  @Test
  void users_are_listed_without_their_hashes() {
    add("ann@example.com", "CLIENT_USER", null, "correct horse");
    out.reset();
    assertThat(program("").list(true, console())).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("\"email\":\"ann@example.com\"", "\"role\":\"CLIENT_USER\"", "\"active\":true")
        .doesNotContain("$2a$", "hash");
    out.reset();
    program("").list(false, console());
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("ann@example.com  CLIENT_USER   active    no client");
  }

  @ParameterizedTest
  @ValueSource(strings = {"is_active", "role", "email"})
  void a_table_without_a_column_is_named_with_what_tells_more(String column) {
    JdbcClient jdbc = JdbcClient.create(TestDatabase.pool(url));
    jdbc.sql("alter table users rename column %1$s to former".formatted(column)).update();

    assertThat(program("").list(false, console())).isEqualTo(ExitCode.FAILED);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("users has no column " + column + ": signing in needs it; run `reconciler check`")
        .doesNotContain("DATABASE_URL", "PostgreSQL");
    assertThat(out.size()).isZero();
    assertThat(jdbc.sql("select count(*) from users").query(Long.class).single()).isZero();
  }
}
