package io.reconciler.engine.repair;

import io.reconciler.engine.repair.SettleResult.Status;
import io.reconciler.side.mapping.MappingSet;
import io.reconciler.side.postgres.MappedRows;
import io.reconciler.side.postgres.OneColumn;
import io.reconciler.side.postgres.SqlFile;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The dead letters, one at a time. */
public final class DeadLetterLedger {

  private static final String DISCARD = SqlFile.read("discard-dead-letter");
  private static final String COUNT = SqlFile.read("count-dead-letter-attempt");

  private static final String DISCARDED =
      "discarded: it is not tried again until a value of the record changes";

  private final JdbcClient jdbc;

  private final MappingSet mappings;

  /** The ledger of this database, about these tables. */
  public DeadLetterLedger(JdbcClient jdbc, MappingSet mappings) {
    this.jdbc = jdbc;
    this.mappings = mappings;
  }

  /** Gives an open dead letter up: it stays listed as discarded until a value changes. */
  public SettleResult discard(SettleRequest request) {
    int discarded =
        jdbc.sql(DISCARD).param("id", request.id()).param("by", request.requester()).update();
    if (discarded > 0) {
      return SettleResult.of(request.id(), Status.DONE, DISCARDED);
    }
    return read(request.id())
        .map(DeadLetterLedger::settledBefore)
        .orElseGet(() -> unknown(request.id()));
  }

  /** Gives these up, as far as they are open, in one statement. */
  public List<SettleResult> discard(List<UUID> ids, String requester) {
    return jdbc
        .sql(SqlFile.read("discard-dead-letters"))
        .param("ids", OneColumn.array(ids))
        .param("by", requester)
        .query(UUID.class)
        .list()
        .stream()
        .map(id -> SettleResult.of(id, Status.DONE, DISCARDED))
        .toList();
  }

  Optional<DeadLetterEntry> read(UUID id) {
    return jdbc.sql(MappedRows.read("read-dead-letter", mappings))
        .param("id", id)
        .query(String.class)
        .optional()
        .map(OneColumn::parse)
        .map(DeadLetterEntry::of);
  }

  /** Open entries of active clients, client by client and record by record; null: every one. */
  List<DeadLetterEntry> open(@Nullable List<UUID> ids) {
    return jdbc
        .sql(MappedRows.read("open-dead-letters", mappings))
        .param("ids", ids == null ? null : OneColumn.array(ids))
        .query(String.class)
        .list()
        .stream()
        .map(OneColumn::parse)
        .map(DeadLetterEntry::of)
        .toList();
  }

  /** Counts an attempt that left no trace of its own. */
  void countAttempt(UUID id) {
    jdbc.sql(COUNT).param("id", id).update();
  }

  static SettleResult settledBefore(DeadLetterEntry entry) {
    String how =
        entry.settledBy() == null ? entry.status() : entry.status() + ": " + entry.settledBy();
    return SettleResult.of(
        entry.id(),
        Status.SETTLED_BEFORE,
        "the dead letter was settled before (" + how + "): nothing was changed");
  }

  static SettleResult unknown(UUID id) {
    return SettleResult.of(id, Status.UNKNOWN, "there is no dead letter with the id " + id);
  }
}
