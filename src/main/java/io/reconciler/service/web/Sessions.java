package io.reconciler.service.web;

import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * The sessions of those who signed in: so many and no more, and none for longer than half a day,
 * however busy it is. The oldest makes room.
 */
final class Sessions implements HttpSessionListener {

  /** A session ends so long after its beginning. */
  static final Duration LONGEST = Duration.ofHours(12);

  /** Sessions of one user. */
  static final int MOST_OF_A_USER = 5;

  /** Sessions of all users. */
  static final int MOST = 500;

  private static final String SINCE = Sessions.class.getName();

  private final Clock clock;
  private final Map<String, Held> held = new LinkedHashMap<>();

  Sessions(Clock clock) {
    this.clock = clock;
  }

  /** A user has signed in with this session. */
  void begin(HttpSession session, UUID user) {
    session.setAttribute(SINCE, clock.instant());
    for (HttpSession surplus : enter(session, user)) {
      end(surplus);
    }
  }

  /** Whether the session has lasted long enough. */
  boolean isOver(HttpSession session) {
    return session.getAttribute(SINCE) instanceof Instant since
        && since.plus(LONGEST).isBefore(clock.instant());
  }

  /** Ends a session, unless it has ended. */
  static void end(HttpSession session) {
    try {
      session.invalidate();
    } catch (IllegalStateException e) {
      // It ended in this moment.
    }
  }

  @Override
  public void sessionDestroyed(HttpSessionEvent event) {
    synchronized (held) {
      held.remove(event.getSession().getId());
    }
  }

  private List<HttpSession> enter(HttpSession session, UUID user) {
    synchronized (held) {
      held.put(session.getId(), new Held(session, user));
      List<HttpSession> surplus = new ArrayList<>();
      List<Held> own = held.values().stream().filter(h -> h.user().equals(user)).toList();
      own.stream()
          .limit(Math.max(0, own.size() - MOST_OF_A_USER))
          .forEach(h -> surplus.add(h.session()));
      if (held.size() - surplus.size() > MOST) {
        surplus.add(Objects.requireNonNull(held.values().iterator().next()).session());
      }
      return surplus;
    }
  }

  private record Held(HttpSession session, UUID user) {}
}
