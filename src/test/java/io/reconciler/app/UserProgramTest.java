package io.reconciler.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.cli.Console;
import io.reconciler.cli.ExitCode;
import io.reconciler.cli.NewUser;
import io.reconciler.user.Passwords;
import io.reconciler.user.Role;
import io.reconciler.user.SignIn;
import io.reconciler.user.User;
import io.reconciler.user.UserTable;
import io.reconciler.world.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The commands on users, on a real PostgreSQL. */
class UserProgramTest {

  private static final String BASE = "appTest0000000001";

  private final String url = TestDatabase.url();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private UserProgram program(String stdin) {
    return new UserProgram(
        Map.of("DATABASE_URL", url)::get,
        new PasswordSource(new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8))));
  }

  private Console console() {
    return new Console(
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        false,
        false);
  }

  private int add(String email, String role, String client, String stdin) {
    return program(stdin).add(new NewUser(email, role, client, true), console());
  }

  @Test
  void a_user_is_added_and_can_sign_in_with_the_password() {
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
}
