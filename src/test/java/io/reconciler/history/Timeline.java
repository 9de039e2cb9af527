package io.reconciler.history;

import io.reconciler.settings.DatabaseUrl;
import io.reconciler.world.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The clocks of a history: the engine's, Airtable's and PostgreSQL's. They move when told to, and a
 * little with every look, so that hours pass in no time and every replay sees the same times.
 */
final class Timeline {

  private static final Instant START = Instant.parse("2026-01-05T12:00:00Z");

  private final ShiftedClock engine = new ShiftedClock();
  private final ShiftedClock airtable = new ShiftedClock();
  private Instant now = START;
  private Duration furthestAhead = Duration.ZERO;

  /** The engine's clock. */
  Clock engine() {
    return engine;
  }

  /** Airtable's clock. */
  Clock airtable() {
    return airtable;
  }

  /**
   * A new database whose clock is ours: unqualified names find our functions before the built-in.
   */
  static String database() {
    String url = TestDatabase.url();
    carryOut(
        url,
        "create schema clockwork",
        // Nothing but an expression, so that each call is put into the statement that makes it.
        "create sequence clockwork.tick increment 100",
        "create function clockwork.clock_timestamp() returns timestamptz volatile language sql as"
            + " 'select timestamptz ''epoch'' + nextval(''clockwork.tick'') * interval ''1 us'''",
        "create function clockwork.now() returns timestamptz volatile language sql as"
            + " 'select clockwork.clock_timestamp()'",
        // A history's tables hold a handful of rows: planning a statement anew each time costs
        // more than running it, and histories run thousands.
        "create function clockwork.set_config(name text, value text, is_local boolean) returns"
            + " text volatile language sql as 'select pg_catalog.set_config(name, case when name"
            + " = ''plan_cache_mode'' then ''force_generic_plan'' else value end, is_local)'",
        searchPath(url));
    return url;
  }

  /** The same with the tables of the program's own mapping, whose defaults are on our clock too. */
  static String migratedDatabase() {
    String url = TestDatabase.copyOf(Migrated.URL);
    // This alone is no part of what is copied.
    carryOut(url, searchPath(url));
    return url;
  }

  private static String searchPath(String url) {
    return "alter database "
        + DatabaseUrl.parse(url).jdbcUrl().replaceFirst(".*/([a-z0-9_]+).*", "$1")
        + " set search_path = public, clockwork, pg_catalog";
  }

  private static void carryOut(String url, String... statements) {
    try (var pool = TestDatabase.pool(url)) {
      JdbcClient jdbc = JdbcClient.create(pool);
      for (String statement : statements) {
        jdbc.sql(statement).update();
      }
    }
  }

  /** Starts over. */
  void restart(JdbcClient jdbc, Duration airtableAhead) {
    now = START;
    engine.ahead = Duration.ZERO;
    furthestAhead = Duration.ZERO;
    setAirtable(airtableAhead);
    jdbc.sql("select setval('clockwork.tick', ?)")
        .param(ChronoUnit.MICROS.between(Instant.EPOCH, now))
        .query(Long.class)
        .single();
    tell();
  }

  /** What the clocks show, as {@link #setBack} takes it. */
  Times times(JdbcClient jdbc) {
    long tick = jdbc.sql("select last_value from clockwork.tick").query(Long.class).single();
    return new Times(now, engine.ahead, airtable.ahead, furthestAhead, tick);
  }

  /** They show that again, but for the looks since the last step, which the next one forgets. */
  void setBack(JdbcClient jdbc, Times times) {
    now = times.now;
    engine.ahead = times.engineAhead;
    airtable.ahead = times.airtableAhead;
    furthestAhead = times.furthestAhead;
    jdbc.sql("select setval('clockwork.tick', ?)").param(times.tick).query(Long.class).single();
    tell();
  }

  /** Time passes. */
  void advance(JdbcClient jdbc, Duration by) {
    now = now.plus(by);
    // What has ticked away stays: PostgreSQL's clock is a little ahead of the engine's.
    jdbc.sql("select setval('clockwork.tick', last_value + ?) from clockwork.tick")
        .param(TimeUnit.NANOSECONDS.toMicros(by.toNanos()))
        .query(Long.class)
        .single();
    tell();
  }

  /** Somebody sets the engine's clock. */
  void setEngine(Duration ahead) {
    engine.ahead = ahead;
  }

  /** Somebody sets Airtable's clock. */
  void setAirtable(Duration ahead) {
    airtable.ahead = ahead;
    furthestAhead = ahead.compareTo(furthestAhead) > 0 ? ahead : furthestAhead;
  }

  /** How far Airtable's clock has been ahead of the world's: edits may be dated that much later. */
  Duration furthestAhead() {
    return furthestAhead;
  }

  /** PostgreSQL's time. */
  static Instant databaseNow(JdbcClient jdbc) {
    return jdbc.sql("select clock_timestamp()").query(OffsetDateTime.class).single().toInstant();
  }

  private void tell() {
    engine.base = now;
    engine.looks.set(0);
    airtable.base = now;
    airtable.looks.set(0);
  }

  private static final class Migrated {
    static final String URL = TestDatabase.migrated(database());
  }

  /** What all of them show at one moment; PostgreSQL's is a count of microseconds. */
  record Times(
      Instant now,
      Duration engineAhead,
      Duration airtableAhead,
      Duration furthestAhead,
      long tick) {}

  /** A clock that is so far ahead of the timeline and ticks with every look. */
  private static final class ShiftedClock extends Clock {

    private final AtomicLong looks = new AtomicLong();
    private volatile Instant base = START;
    private volatile Duration ahead = Duration.ZERO;

    @Override
    public Instant instant() {
      return base.plus(ahead).plusMillis(looks.getAndIncrement());
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
}
