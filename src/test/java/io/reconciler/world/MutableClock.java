package io.reconciler.world;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that moves when told to. */
public final class MutableClock extends Clock {

  private volatile Instant now;

  /** It stands at this moment. */
  public MutableClock(String now) {
    this(Instant.parse(now));
  }

  /** It stands at this moment. */
  public MutableClock(Instant now) {
    this.now = now;
  }

  /** Time passes. */
  public void forward(Duration by) {
    now = now.plus(by);
  }

  /** It is set to this moment. */
  public void set(String moment) {
    set(Instant.parse(moment));
  }

  /** It is set to this moment. */
  public void set(Instant moment) {
    now = moment;
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
