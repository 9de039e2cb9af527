package io.reconciler.service.notice;

import io.reconciler.side.postgres.SqlFile;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * States and notices in PostgreSQL; the locks on states last as long as the caller's transaction.
 */
final class NoticeTable {

  private static final String ADD_STATES = SqlFile.read("add-notice-states");
  private static final String LOCK_STATES = SqlFile.read("lock-notice-states");
  private static final String PRESENT = SqlFile.read("present-client-states");
  private static final String SHORTAGE_TOLD = SqlFile.read("is-shortage-told");
  private static final String SAVE_STATE = SqlFile.read("save-notice-state");
  private static final String ADD = SqlFile.read("add-notice");
  private static final String DUE = SqlFile.read("due-notices");
  private static final String CLAIM = SqlFile.read("claim-notice");
  private static final String SETTLE = SqlFile.read("settle-notice");

  private final JdbcClient jdbc;

  NoticeTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** What was last told about the active clients that no other instance looks at. */
  List<LastNotice> lockStates() {
    jdbc.sql(ADD_STATES).update();
    return jdbc.sql(LOCK_STATES).query((row, i) -> told(row)).list();
  }

  /** How these clients stand; a statement of its own sees what was committed before the lock. */
  List<ClientCondition> present(List<UUID> clients) {
    return clients.isEmpty()
        ? List.of()
        : jdbc.sql(PRESENT).param("clients", clients).query((row, i) -> present(row)).list();
  }

  /** Whether somebody was told already that the requests of this month will not do. */
  boolean isShortageTold() {
    return jdbc.sql(SHORTAGE_TOLD).query(Boolean.class).single();
  }

  void save(LastNotice told) {
    jdbc.sql(SAVE_STATE)
        .param("client", told.client())
        .param("condition", told.condition().label())
        .param("deadLetters", told.deadLetters())
        .param("newest", time(told.newest()))
        .param("toldAt", time(told.deadLettersToldAt()))
        .update();
  }

  void add(UUID client, Kind kind, Channel channel, String subject, String text) {
    jdbc.sql(ADD)
        .param("client", client)
        .param("kind", kind.label())
        .param("channel", channel.label())
        .param("subject", subject)
        .param("text", text)
        .update();
  }

  List<UUID> due() {
    return jdbc.sql(DUE).query(UUID.class).list();
  }

  Optional<Delivery> claim(UUID id) {
    return jdbc.sql(CLAIM).param("id", id).query(Delivery.class).optional();
  }

  void settle(UUID id, String status, @Nullable String failure) {
    jdbc.sql(SETTLE).param("id", id).param("status", status).param("failure", failure).update();
  }

  private static LastNotice told(ResultSet row) throws SQLException {
    return new LastNotice(
        row.getObject("client_id", UUID.class),
        Condition.of(row.getString("condition")),
        row.getLong("dead_letters"),
        instant(row, "newest_dead_letter"),
        instant(row, "dead_letters_told_at"));
  }

  private static ClientCondition present(ResultSet row) throws SQLException {
    return new ClientCondition(
        row.getObject("client_id", UUID.class),
        row.getString("company_name"),
        row.getString("base_id"),
        row.getObject("at", OffsetDateTime.class).toInstant(),
        condition(row),
        row.getObject("run_id", UUID.class),
        row.getString("failure"),
        row.getLong("open"),
        instant(row, "newest"),
        null);
  }

  private static @Nullable Condition condition(ResultSet row) throws SQLException {
    if (row.getString("outcome") == null) {
      return null;
    }
    if (row.getBoolean("stopped_by_guard")) {
      return Condition.STOPPED;
    }
    return row.getString("outcome").equals("failed") ? Condition.FAILING : Condition.WELL;
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private static @Nullable OffsetDateTime time(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }
}
