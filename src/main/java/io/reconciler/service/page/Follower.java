package io.reconciler.service.page;

import io.reconciler.service.user.User;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * A page that follows something, at the other end of its stream.
 *
 * @param what that it follows; the same for all who follow it
 * @param read how that stands now
 * @param user who was signed in when it began
 * @param until when the page has to ask for a stream anew, and is looked at like any request
 * @param busy whether something is on its way to it
 */
record Follower(
    String what,
    Supplier<LivePart> read,
    User user,
    HttpSession session,
    Instant until,
    SseEmitter stream,
    AtomicBoolean busy) {

  private static final Logger LOG = LoggerFactory.getLogger(Follower.class);

  /** Something that is done with a stream. */
  interface Step {
    void on(SseEmitter stream) throws IOException;
  }

  /**
   * Does this on another thread, unless the page has not taken yet what was sent before: one that
   * takes nothing holds up nobody.
   */
  void next(Step step, Executor threads) {
    if (!busy.compareAndSet(false, true)) {
      return;
    }
    try {
      threads.execute(() -> take(step));
    } catch (RejectedExecutionException e) {
      // The service ends, and with it all streams.
      busy.set(false);
    }
  }

  private void take(Step step) {
    try {
      step.on(stream);
    } catch (IOException | IllegalStateException e) {
      // The page was closed or left.
      LOG.debug("the stream of {} has no reader any more", what, e);
      stream.complete();
    } catch (RuntimeException e) {
      LOG.warn("{} could not be shown to who follows it", what, e);
      stream.completeWithError(e);
    } finally {
      busy.set(false);
    }
  }

  /** Whether the session that began it has not ended. */
  boolean hasSession() {
    try {
      return session.getCreationTime() > 0;
    } catch (IllegalStateException e) {
      return false;
    }
  }

  boolean isOfSession(HttpSession one) {
    return session.getId().equals(one.getId());
  }
}
