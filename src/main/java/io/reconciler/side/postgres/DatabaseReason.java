package io.reconciler.side.postgres;

import io.reconciler.text.Plain;
import java.io.EOFException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Why PostgreSQL failed, in the driver's words and, where these leave it out, with the reason. */
public final class DatabaseReason {

  private static final int LONGEST = 2_000;

  private DatabaseReason() {}

  /**
   * One line: what the innermost failure of the database says, since the pool around it only says
   * that it has no connection.
   */
  public static String of(Throwable failure) {
    SQLException sql = DatabaseAway.deepest(failure);
    Throwable reason = sql == null ? root(failure) : sql;
    String said = line(reason.getMessage());
    String network = network(root(reason));
    // The driver's "The connection attempt failed." stands for a dozen reasons.
    return "PostgreSQL: "
        + (network.isEmpty() ? said : said.replaceFirst("\\.$", "") + ": " + network);
  }

  private static String network(Throwable root) {
    if (root instanceof UnknownHostException) {
      return "the host name " + line(root.getMessage()) + " is not known";
    }
    if (root instanceof SocketTimeoutException) {
      return "no answer in time";
    }
    if (root instanceof NoRouteToHostException || root instanceof SSLException) {
      return line(root.getMessage());
    }
    if (root instanceof EOFException) {
      return "the other end hung up";
    }
    return root.getClass() == SocketException.class ? line(root.getMessage()) : "";
  }

  private static Throwable root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return root;
  }

  private static String line(@Nullable String text) {
    return Plain.line(text == null ? "" : text.lines().findFirst().orElse("").strip(), LONGEST);
  }
}
