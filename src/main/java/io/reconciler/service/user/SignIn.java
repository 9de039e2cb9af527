package io.reconciler.service.user;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.springframework.dao.DataAccessException;

/** Checks an e-mail address and a password, ever more slowly for those who guess. */
public final class SignIn {

  private static final int FAILURES_PER_ACCOUNT = 5;
  private static final int FAILURES_PER_ADDRESS = 50;
  private static final int LONGEST_EMAIL = 320;
  private static final Duration COST_GOOD = Duration.ofMinutes(1);

  private final UserTable users;
  private final Passwords passwords;
  private final FailedLogins accounts;
  private final FailedLogins addresses;
  private final Clock clock;
  private Instant costUntil = Instant.MIN;
  private int cost;

  public SignIn(UserTable users, Passwords passwords, Clock clock) {
    this.users = users;
    this.passwords = passwords;
    this.clock = clock;
    this.accounts = new FailedLogins(FAILURES_PER_ACCOUNT, clock);
    this.addresses = new FailedLogins(FAILURES_PER_ADDRESS, clock);
  }

  /**
   * The user who signs in; empty when the user is unknown or inactive or the password is wrong,
   * which can't be told apart.
   *
   * @param address where the attempt comes from
   * @throws TooManyLoginsException when this account or this address failed too often lately
   */
  public Optional<User> with(String email, String password, String address) {
    String account = key(email);
    count(account, address);
    Optional<User> user;
    try {
      user = check(email.strip(), password);
    } catch (DataAccessException e) {
      // Nobody guessed anything.
      accounts.takeBack(account);
      addresses.takeBack(address);
      throw e;
    }
    if (user.isPresent()) {
      accounts.forget(account);
      addresses.takeBack(address);
    }
    return user;
  }

  // One at a time: of many attempts at once no more than are allowed may pass.
  private synchronized void count(String account, String address) {
    Duration wait = accounts.wait(account);
    Duration other = addresses.wait(address);
    Duration longer = wait.compareTo(other) > 0 ? wait : other;
    if (!longer.isZero() && !longer.isNegative()) {
      throw new TooManyLoginsException(longer);
    }
    accounts.add(account);
    addresses.add(address);
  }

  private Optional<User> check(String email, String password) {
    Optional<UserTable.Account> account =
        email.length() > LONGEST_EMAIL || email.indexOf('\0') >= 0
            ? Optional.empty()
            : users.account(email);
    String hash = account.map(UserTable.Account::passwordHash).orElse(null);
    boolean right = passwords.matches(password, hash, highestCost());
    return right ? account.map(UserTable.Account::user) : Optional.empty();
  }

  private synchronized int highestCost() {
    Instant now = clock.instant();
    if (!now.isBefore(costUntil)) {
      cost = users.highestCost();
      costUntil = now.plus(COST_GOOD);
    }
    return cost;
  }

  private static String key(String email) {
    String text = email.strip().toLowerCase(Locale.ROOT);
    return text.length() > LONGEST_EMAIL ? text.substring(0, LONGEST_EMAIL) : text;
  }
}
