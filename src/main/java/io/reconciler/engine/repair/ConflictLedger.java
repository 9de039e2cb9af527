package io.reconciler.engine.repair;

import io.reconciler.engine.repair.SettleResult.Status;
import io.reconciler.side.postgres.OneColumn;
import io.reconciler.side.postgres.SqlFile;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The entries of the conflict ledger, one at a time. */
public final class ConflictLedger {

  private static final String READ = SqlFile.read("read-conflict");
  private static final String SETTLE = SqlFile.read("settle-conflict");

  private static final String DISMISSED = "dismissed: both sides stay as they are";

  private final JdbcClient jdbc;

  /** The ledger of this database. */
  public ConflictLedger(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Settles an open conflict as it stands; both sides stay as they are. */
  public SettleResult dismiss(SettleRequest request) {
    if (settle(request.id(), "dismissed", request.requester())) {
      return SettleResult.of(request.id(), Status.DONE, DISMISSED);
    }
    return read(request.id())
        .map(ConflictLedger::settledBefore)
        .orElseGet(() -> unknown(request.id()));
  }

  /** Settles these as they stand, as far as they are open, in one statement. */
  public List<SettleResult> dismiss(List<UUID> ids, String requester) {
    return jdbc
        .sql(SqlFile.read("dismiss-conflicts"))
        .param("ids", OneColumn.array(ids))
        .param("by", requester)
        .query(UUID.class)
        .list()
        .stream()
        .map(id -> SettleResult.of(id, Status.DONE, DISMISSED))
        .toList();
  }

  /** Reads an entry; inside a transaction nobody else can settle it until that ends. */
  Optional<ConflictEntry> read(UUID id) {
    return jdbc.sql(READ)
        .param("id", id)
        .query(String.class)
        .optional()
        .map(OneColumn::parse)
        .map(ConflictEntry::of);
  }

  /** Settles an open entry; false when it was not open. */
  boolean settle(UUID id, String status, String requester) {
    return jdbc.sql(SETTLE).param("id", id).param("status", status).param("by", requester).update()
        > 0;
  }

  static SettleResult settledBefore(ConflictEntry entry) {
    return SettleResult.of(
        entry.id(),
        Status.SETTLED_BEFORE,
        "the conflict was %s before (%s): nothing was changed"
            .formatted(entry.status(), entry.settled()));
  }

  static SettleResult unknown(UUID id) {
    return SettleResult.of(id, Status.UNKNOWN, "there is no conflict with the id " + id);
  }
}
