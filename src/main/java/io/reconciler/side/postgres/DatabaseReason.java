package io.reconciler.side.postgres;

import io.reconciler.text.Plain;
import java.io.EOFException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import javax.net.ssl.SSLException;
import org.springframework.core.NestedExceptionUtils;

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
    Throwable reason = sql == null ? NestedExceptionUtils.getMostSpecificCause(failure) : sql;
    String said = Plain.firstLine(reason.getMessage(), LONGEST);
    String network = network(NestedExceptionUtils.getMostSpecificCause(reason));
    // The driver's "The connection attempt failed." stands for a dozen reasons.
    return "PostgreSQL: "
        + (network.isEmpty() ? said : said.replaceFirst("\\.$", "") + ": " + network);
  }

  private static String network(Throwable root) {
    if (root instanceof UnknownHostException) {
      return "the host name " + Plain.firstLine(root.getMessage(), LONGEST) + " is not known";
    }
    if (root instanceof SocketTimeoutException) {
      return "no answer in time";
    }
    if (root instanceof NoRouteToHostException || root instanceof SSLException) {
      return Plain.firstLine(root.getMessage(), LONGEST);
    }
    if (root instanceof EOFException) {
      return "the other end hung up";
    }
    return root.getClass() == SocketException.class
        ? Plain.firstLine(root.getMessage(), LONGEST)
        : "";
  }
}
