package io.reconciler.engine.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.engine.window.Windows;
import io.reconciler.world.SideBySide;
import io.reconciler.world.World;
import io.reconciler.world.WorldTest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Edits of transactions that are committed long after the time that they bear. */
@SideBySide
class LateCommitTest extends WorldTest {

  private static final World OWN = World.open(Map.of("RECONCILER_GRACE_PERIOD_MS", "0"));

  LateCommitTest() {
    super(OWN);
  }

  @AfterAll
  static void close() {
    OWN.close();
  }

  @Test
  void the_watermark_waits_for_what_an_open_transaction_changes() throws SQLException {
    String id = reconciled(1).get(0);
    try (Connection portal = world.database().getConnection()) {
      portal.setAutoCommit(false);
      Instant begun = edit(portal, id);

      sync();
      assertThat(pushedUntil()).isEqualTo(begun.minus(Windows.OVERLAP));
      assertThat(leads.cells(id).get("Notes").asText()).isEqualTo("note 1");

      portal.commit();
      portal.setAutoCommit(true);
      sync();
      assertThat(pushedUntil()).isAfter(begun.minus(Windows.OVERLAP));
    }
    assertThat(leads.cells(id).get("Notes").asText()).isEqualTo("note 1\nlate");
    assertThat(world.sides().differences()).isEmpty();
  }

  private static Instant edit(Connection portal, String id) throws SQLException {
    try (Statement statement = portal.createStatement();
        ResultSet edited =
            statement.executeQuery(
                "update leads set notes = notes || e'\\nlate', updated_at = now() where airtable_record_id = '"
                    + id
                    + "' returning now()")) {
      edited.next();
      return edited.getObject(1, OffsetDateTime.class).toInstant();
    }
  }

  private Instant pushedUntil() {
    return world
        .jdbc()
        .sql("select pushed_until from reconciler.watermark where pushed_until is not null")
        .query(OffsetDateTime.class)
        .single()
        .toInstant();
  }
}
