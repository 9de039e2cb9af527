package io.reconciler.service.user;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.bcrypt.BCrypt;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/** Hashes and checks passwords with bcrypt. */
public final class Passwords {

  private static final String SALT = "$2a$%02d$nobody................";

  /** Shorter ones are too easy to guess. */
  static final int SHORTEST = 8;

  /** Bcrypt sees no more bytes than these. */
  static final int LONGEST_BYTES = 72;

  /** The cost of our own hashes. */
  static final int COST = 10;

  private static final int LOWEST_COST = 4;

  /** More than this is not made up for: one strange hash must not make every failure slow. */
  private static final int HIGHEST_COST = 13;

  private static final Pattern FORM = Pattern.compile("\\$2[abxy]\\$(\\d\\d)\\$.{53}");

  private final int own;
  private final BCryptPasswordEncoder bcrypt;

  /** Makes hashes of the usual cost. */
  public Passwords() {
    this(COST);
  }

  /** Makes hashes of this cost, and is as slow as such a hash at least when it refuses. */
  Passwords(int own) {
    this.own = own;
    this.bcrypt = new BCryptPasswordEncoder(own);
  }

  /** What is wrong with a new password, in words; empty when it can be used. */
  public static Optional<String> objection(String password) {
    if (password.codePointCount(0, password.length()) < SHORTEST) {
      return Optional.of("a password has at least " + SHORTEST + " characters");
    }
    if (password.getBytes(StandardCharsets.UTF_8).length > LONGEST_BYTES) {
      return Optional.of("a password has at most " + LONGEST_BYTES + " bytes");
    }
    return password.indexOf('\0') >= 0
        ? Optional.of("a password holds no NUL character")
        : Optional.empty();
  }

  /**
   * The hash to keep.
   *
   * @throws IllegalArgumentException when there is an objection to the password
   */
  public String hash(String password) {
    objection(password)
        .ifPresent(
            text -> {
              throw new IllegalArgumentException(text);
            });
    return bcrypt.encode(password);
  }

  /**
   * Whether the password is this one. When it is not, that takes as long as with the slowest hash
   * there is, so that the time tells neither whether there is a user nor whose hash is how old.
   *
   * @param hash null: there is no such user
   * @param highest the cost of the slowest hash
   */
  boolean matches(String password, @Nullable String hash, int highest) {
    int cost = hash == null ? 0 : cost(hash);
    if (hash != null && cost > 0 && bcrypt.matches(password, hash)) {
      return true;
    }
    int most = Math.min(HIGHEST_COST, Math.max(own, highest));
    if (cost == 0) {
      work(password, most);
    } else {
      // Each step of the cost is twice the work: these add up to the highest.
      for (int step = cost; step < most; step++) {
        work(password, step);
      }
    }
    return false;
  }

  private static int cost(String hash) {
    Matcher form = FORM.matcher(hash);
    int cost = form.matches() ? Integer.parseInt(form.group(1)) : 0;
    return cost >= LOWEST_COST && cost <= 31 ? cost : 0;
  }

  private static void work(String password, int cost) {
    byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
    byte[] first = Arrays.copyOf(bytes, Math.min(bytes.length, LONGEST_BYTES));
    BCrypt.hashpw(first, SALT.formatted(cost));
  }
}
