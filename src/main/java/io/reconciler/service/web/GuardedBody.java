package io.reconciler.service.web;

import io.reconciler.service.api.ApiError;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The bytes of one body, read at most once, within a length and a time. */
final class GuardedBody {

  /** The time for a whole body. */
  private static final long WHOLE = TimeUnit.SECONDS.toNanos(10);

  /**
   * So much of a body that nobody wants is thrown away, in that time, so that its sender listens.
   */
  private static final long MOST_WASTE = 4_000_000;

  private static final long WASTED_TIME = TimeUnit.SECONDS.toNanos(1);
  private static final int CHUNK = 8192;

  private final ServletInputStream stream;
  private final BodyPermits permits;
  private final String address;
  private final long announced;
  private boolean ended;

  /** Taking the stream reads nothing, but from here on the server leaves the body alone. */
  GuardedBody(HttpServletRequest request, BodyPermits permits) throws IOException {
    this.stream = request.getInputStream();
    this.permits = permits;
    this.address = request.getRemoteAddr();
    this.announced = request.getContentLengthLong();
  }

  /**
   * The whole body.
   *
   * @throws BodyRefused 413 when it is longer than that, 408 when it takes too long, 503 when too
   *     many others are on their way
   */
  byte[] read(int most) {
    if (announced > most) {
      throw new BodyRefused(ApiError.tooLarge(most));
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (!copy(bytes, most, WHOLE)) {
      throw new BodyRefused(ApiError.tooLarge(most));
    }
    return bytes.toByteArray();
  }

  /** Whether all of it has come. */
  boolean hasEnded() {
    return ended;
  }

  /**
   * Throws away what nobody has read.
   *
   * @throws BodyRefused when it is too slow or too long for that
   */
  void waste() {
    if (!copy(null, MOST_WASTE, WASTED_TIME)) {
      throw new BodyRefused(ApiError.tooLarge(MOST_WASTE));
    }
  }

  // False: there is more than that.
  private boolean copy(@Nullable ByteArrayOutputStream to, long most, long nanos) {
    if (!permits.take(address)) {
      throw new BodyRefused(ApiError.tooManyBodies());
    }
    try {
      return copyInTime(to, most, System.nanoTime() + nanos);
    } catch (IOException e) {
      throw new BodyRefused(
          isTimeout(e) ? ApiError.tooSlow() : ApiError.badRequest("the body broke off"));
    } finally {
      permits.giveBack(address);
    }
  }

  private boolean copyInTime(@Nullable ByteArrayOutputStream to, long most, long end)
      throws IOException {
    byte[] chunk = new byte[CHUNK];
    long length = 0;
    for (int n = stream.read(chunk); n >= 0; n = stream.read(chunk)) {
      length += n;
      if (length > most) {
        return false;
      }
      if (System.nanoTime() - end > 0) {
        throw new BodyRefused(ApiError.tooSlow());
      }
      if (to != null) {
        to.write(chunk, 0, n);
      }
    }
    ended = true;
    return true;
  }

  private static boolean isTimeout(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof SocketTimeoutException) {
        return true;
      }
    }
    return false;
  }
}
