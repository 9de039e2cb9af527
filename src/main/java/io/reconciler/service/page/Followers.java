package io.reconciler.service.page;

import io.reconciler.engine.process.Daemons;
import io.reconciler.service.user.Role;
import io.reconciler.service.user.User;
import io.reconciler.service.user.UserTable;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Tells pages how what they follow goes on, by server-sent events: so many streams and no more,
 * none of which keeps a thread. What several pages follow is read once for all of them. A stream
 * ends with what it follows, with its session, or with its user's right to see it.
 */
final class Followers implements AutoCloseable {

  /** Streams at once. */
  static final int MOST = 100;

  /** Streams of a session: a browser has six connections to a host, and needs some for the rest. */
  static final int MOST_OF_A_SESSION = 4;

  /** After this a page asks for its stream anew, as any request is asked for. */
  static final Duration LONGEST = Duration.ofMinutes(5);

  /** A page whose stream was cut off comes again after this, milliseconds. */
  private static final long AGAIN_MS = 2_000;

  /** Threads that send, which one that takes nothing keeps until the server gives up on it. */
  private static final int SENDERS = 4;

  private static final Logger LOG = LoggerFactory.getLogger(Followers.class);

  private final UserTable users;
  private final Clock clock;
  private final Set<Follower> open = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService looks = Daemons.clock("follow");
  private final ExecutorService senders;

  /** Looks so often at what is followed. */
  Followers(UserTable users, Duration beat, Clock clock) {
    this.users = users;
    this.clock = clock;
    CustomizableThreadFactory threads = new CustomizableThreadFactory("follow-");
    threads.setDaemon(true);
    this.senders = Executors.newFixedThreadPool(SENDERS, threads);
    Daemons.repeat(looks, beat, this::look);
  }

  /**
   * The stream of something for a page, with how it stands now as the first event; null when there
   * is none to be had, and the page has to ask again and again instead.
   */
  @Nullable SseEmitter open(
      String what,
      Supplier<LivePart> read,
      User user,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    LivePart first = read.get();
    HttpSession session = request.getSession(false);
    if (session == null || !HttpMethod.GET.matches(request.getMethod()) || isFull(session)) {
      // By the rules of server-sent events: do not come again.
      response.setStatus(HttpStatus.NO_CONTENT.value());
      return null;
    }
    // A proxy that collects an answer before it passes it on would collect for ever.
    response.setHeader("X-Accel-Buffering", "no");
    SseEmitter stream = new SseEmitter(0L);
    Instant until = clock.instant().plus(LONGEST);
    Follower follower = new Follower(what, read, user, session, until, stream, new AtomicBoolean());
    stream.onCompletion(() -> open.remove(follower));
    stream.onError(cause -> open.remove(follower));
    stream.send(SseEmitter.event().reconnectTime(AGAIN_MS).comment("how it goes on"));
    open.add(follower);
    show(first, stream);
    return stream;
  }

  int count() {
    return open.size();
  }

  private boolean isFull(HttpSession session) {
    return open.size() >= MOST
        || open.stream().filter(one -> one.isOfSession(session)).count() >= MOST_OF_A_SESSION;
  }

  /** Tells all of them how it goes on. */
  void look() {
    Map<User, Boolean> allowed = new HashMap<>();
    open.stream()
        .collect(Collectors.groupingBy(Follower::what))
        .values()
        .forEach(those -> look(those, allowed));
  }

  private void look(List<Follower> those, Map<User, Boolean> allowed) {
    try {
      List<Follower> stay = those.stream().filter(one -> stays(one, allowed)).toList();
      if (!stay.isEmpty()) {
        LivePart part = stay.get(0).read().get();
        stay.forEach(one -> one.next(stream -> show(part, stream), senders));
      }
    } catch (DataAccessException e) {
      LOG.debug("how {} goes on could not be read", those.get(0).what(), e);
      beat(those);
    } catch (RuntimeException e) {
      LOG.debug("{} can't be followed any more", those.get(0).what(), e);
      those.forEach(one -> one.next(Followers::end, senders));
    }
  }

  // Nothing is known, but the stream is alive.
  private void beat(Collection<Follower> those) {
    those.forEach(
        one -> one.next(stream -> stream.send(SseEmitter.event().name("beat").data("")), senders));
  }

  private boolean stays(Follower one, Map<User, Boolean> allowed) {
    if (!one.until().isAfter(clock.instant())) {
      one.next(SseEmitter::complete, senders);
      return false;
    }
    if (one.hasSession() && allowed.computeIfAbsent(one.user(), this::isAllowed)) {
      return true;
    }
    one.next(Followers::end, senders);
    return false;
  }

  // As each request of a page is looked at.
  private boolean isAllowed(User then) {
    return users
        .byId(then.id())
        .filter(now -> now.version().equals(then.version()))
        .filter(now -> now.role() == Role.SUPER_ADMIN)
        .isPresent();
  }

  private static void show(LivePart part, SseEmitter stream) throws IOException {
    stream.send(SseEmitter.event().name("part").data(part.alone()));
    if (!part.going()) {
      end(stream);
    }
  }

  // The page looks once more by itself, and goes where that leads.
  private static void end(SseEmitter stream) throws IOException {
    stream.send(SseEmitter.event().name("end").data(""));
    stream.complete();
  }

  /** The server waits for open answers before it ends; these would never come to their end. */
  @EventListener
  void closing(ContextClosedEvent event) {
    close();
  }

  @Override
  public void close() {
    looks.shutdownNow();
    senders.shutdown();
    open.forEach(one -> one.stream().complete());
  }
}
