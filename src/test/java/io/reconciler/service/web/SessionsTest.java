package io.reconciler.service.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.world.MutableClock;
import jakarta.servlet.http.HttpSessionEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpSession;

class SessionsTest {

  private final MutableClock clock = new MutableClock(Instant.now());
  private final Sessions sessions = new Sessions(clock);

  private MockHttpSession begin(UUID user) {
    MockHttpSession session = new MockHttpSession();
    sessions.begin(session, user);
    return session;
  }

  @Test
  void a_session_ends_half_a_day_after_its_beginning_however_busy_it_is() {
    MockHttpSession session = begin(UUID.randomUUID());
    clock.forward(Sessions.LONGEST);
    assertThat(sessions.isOver(session)).isFalse();
    clock.forward(Duration.ofSeconds(1));
    assertThat(sessions.isOver(session)).isTrue();
  }

  @Test
  void of_all_sessions_the_oldest_makes_room() {
    MockHttpSession first = begin(UUID.randomUUID());
    IntStream.range(1, Sessions.MOST).forEach(i -> begin(UUID.randomUUID()));
    assertThat(first.isInvalid()).isFalse();
    begin(UUID.randomUUID());
    assertThat(first.isInvalid()).isTrue();
  }

  @Test
  void a_session_that_ended_leaves_its_place() {
    UUID user = UUID.randomUUID();
    MockHttpSession first = begin(user);
    IntStream.range(1, Sessions.MOST_OF_A_USER).forEach(i -> begin(user));
    sessions.sessionDestroyed(new HttpSessionEvent(first));
    begin(user);
    assertThat(first.isInvalid()).isFalse();
  }
}
