package io.reconciler.service.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.zaxxer.hikari.HikariDataSource;
import io.reconciler.world.MutableClock;
import io.reconciler.world.TestDatabase;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

class SignInTest {

  private static final String GOOD = "a good password";
  private static final String BAD = "a bad password";
  private static final Passwords PASSWORDS = new Passwords();

  /** Where it is counted how often one is asked, not how long it takes. */
  private static final Passwords QUICK = new Passwords(4);

  private static HikariDataSource database;
  private static JdbcClient jdbc;
  private static UserTable users;

  private final MutableClock clock = new MutableClock("2026-01-02T03:04:05Z");
  private SignIn signIn;

  @BeforeAll
  static void open() {
    database = TestDatabase.pool(TestDatabase.migratedUrl());
    jdbc = JdbcClient.create(database);
    users = new UserTable(jdbc);
    users.add("ann@example.com", QUICK.hash(GOOD), Role.CLIENT_USER, null);
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @BeforeEach
  void fresh() {
    signIn = new SignIn(users, QUICK, clock);
    jdbc.sql("update users set is_active = true, first_name = null, password_hash = ?")
        .param(QUICK.hash(GOOD))
        .update();
  }

  private boolean succeeds(String email, String password) {
    return signIn.with(email, password, "10.0.0.1").isPresent();
  }

  private TooManyLoginsException refusal(String email, String address) {
    return catchThrowableOfType(
        TooManyLoginsException.class, () -> signIn.with(email, GOOD, address));
  }

  @Test
  void the_right_password_signs_in_however_the_address_is_capitalised() {
    assertThat(succeeds("ann@example.com", GOOD)).isTrue();
    assertThat(succeeds(" ANN@Example.com ", GOOD)).isTrue();
  }

  @Test
  void a_wrong_password_an_unknown_user_and_an_inactive_one_are_alike() {
    assertThat(succeeds("ann@example.com", BAD)).isFalse();
    assertThat(succeeds("bob@example.com", GOOD)).isFalse();
    jdbc.sql("update users set is_active = false").update();
    assertThat(succeeds("ann@example.com", GOOD)).isFalse();
  }

  @Test
  void the_sixth_attempt_waits_until_the_first_failure_is_15_minutes_old() {
    for (int i = 0; i < 5; i++) {
      assertThat(succeeds("ann@example.com", BAD)).isFalse();
      clock.forward(Duration.ofMinutes(1));
    }
    assertThat(refusal("Ann@example.com", "10.0.0.2").retryAfterSeconds()).isEqualTo(600);

    clock.forward(Duration.ofSeconds(599));
    assertThat(refusal("ann@example.com", "10.0.0.2").retryAfterSeconds()).isEqualTo(1);
    clock.forward(Duration.ofSeconds(1));
    assertThat(succeeds("ann@example.com", GOOD)).isTrue();
  }

  @Test
  void accounts_that_are_not_there_are_slowed_down_just_the_same() {
    for (int i = 0; i < 5; i++) {
      succeeds("nobody@example.com", BAD);
    }
    assertThat(refusal("nobody@example.com", "10.0.0.2")).isNotNull();
  }

  @Test
  void success_clears_the_failures_of_the_account() {
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < 4; i++) {
        succeeds("ann@example.com", BAD);
      }
      assertThat(succeeds("ann@example.com", GOOD)).isTrue();
    }
  }

  @Test
  void an_address_that_fails_50_times_waits_and_another_does_not() {
    for (int i = 0; i < 50; i++) {
      succeeds("user" + i + "@example.com", BAD);
    }
    assertThat(refusal("ann@example.com", "10.0.0.1")).isNotNull();
    assertThat(signIn.with("ann@example.com", GOOD, "10.0.0.2")).isPresent();
  }

  @Test
  void of_many_attempts_at_once_no_more_than_five_are_checked() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(12);
    try {
      List<Future<Boolean>> attempts =
          IntStream.range(0, 12)
              .mapToObj(i -> threads.submit(() -> refusedOrWrong("ann@example.com", "10.0.1." + i)))
              .toList();
      int refused = 0;
      for (Future<Boolean> attempt : attempts) {
        refused += attempt.get() ? 1 : 0;
      }
      assertThat(refused).isEqualTo(7);
    } finally {
      threads.shutdownNow();
    }
  }

  private boolean refusedOrWrong(String email, String address) {
    try {
      signIn.with(email, BAD, address);
      return false;
    } catch (TooManyLoginsException e) {
      return true;
    }
  }

  @Test
  void a_user_is_called_by_name_else_by_address() {
    assertThat(users.byEmail("ann@example.com").orElseThrow().name()).isEqualTo("ann@example.com");
    jdbc.sql("update users set first_name = ' Ann '").update();
    assertThat(users.byEmail("ann@example.com").orElseThrow().name()).isEqualTo("Ann");
  }

  @Test
  void an_address_is_added_once_whatever_its_capitals() {
    assertThat(users.add("ANN@example.com", QUICK.hash(GOOD), Role.SUPER_ADMIN, null)).isFalse();
  }

  /** Measured in work and not by the clock, which tells more of the machine. */
  @Test
  void a_failure_takes_the_same_whoever_it_is_and_whatever_the_hash() {
    int highest = 11;
    long slow = leastWork(new BCryptPasswordEncoder(highest).encode(GOOD), highest);
    for (String hash :
        new String[] {
          null, "", "no hash", new BCryptPasswordEncoder(4).encode(GOOD), PASSWORDS.hash(GOOD)
        }) {
      assertThat((double) leastWork(hash, highest) / slow).as("%s", hash).isBetween(0.5, 2.0);
    }
  }

  // Of three: a processor that others use as well does less in the same time.
  private static long leastWork(String hash, int highest) {
    return LongStream.generate(() -> work(hash, highest)).limit(3).min().orElseThrow();
  }

  private static long work(String hash, int highest) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadCpuTime();
    assertThat(PASSWORDS.matches(BAD, hash, highest)).isFalse();
    return threads.getCurrentThreadCpuTime() - before;
  }

  @Test
  void the_slowest_hash_there_is_sets_the_time() {
    jdbc.sql("update users set password_hash = ?").param(QUICK.hash(GOOD)).update();
    assertThat(users.highestCost()).isEqualTo(4);
    assertThat(succeeds("ann@example.com", GOOD)).isTrue();
    jdbc.sql("update users set password_hash = 'no hash'").update();
    assertThat(users.highestCost()).isZero();
    assertThat(succeeds("ann@example.com", GOOD)).isFalse();
    jdbc.sql("update users set password_hash = ?").param(PASSWORDS.hash(GOOD)).update();
    assertThat(users.highestCost()).isEqualTo(Passwords.COST);
  }

  @Test
  void passwords_that_bcrypt_would_cut_or_anyone_would_guess_are_objected_to() {
    assertThat(Passwords.objection("1234567")).isPresent();
    assertThat(Passwords.objection("ä".repeat(37))).isPresent();
    assertThat(Passwords.objection("ä".repeat(36))).isEmpty();
    assertThat(Passwords.objection("12345678")).isEmpty();
  }
}
