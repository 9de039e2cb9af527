package io.reconciler.world;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** What tests of the ledgers do to both sides of a world. */
public final class LedgerEdits {

  /** A salesperson. */
  public static final UUID ALICE = UUID.fromString("11111111-2222-3333-4444-555555555555");

  /** Another one. */
  public static final UUID BOB = UUID.fromString("66666666-7777-8888-9999-000000000000");

  private final World world;

  /** In this world. */
  public LedgerEdits(World world) {
    this.world = world;
  }

  /** A record that both sides agree on, with its lead. */
  public String agreed(Map<String, ?> fields) {
    String id = world.leads().create(fields);
    world.sync();
    return id;
  }

  /** A conflict over the claim: Alice in the portal, Bob in Airtable; the later one wins. */
  public void claimConflict(String id, boolean portalIsLater) {
    portalClaim(id, ALICE, Duration.ofSeconds(portalIsLater ? 120 : 600));
    world
        .leads()
        .update(id, Map.of("Claimed By", BOB.toString(), "Claimed At", "2026-03-04T05:06:07.000Z"));
    world.leads().setModified(id, Instant.now().minusSeconds(300));
  }

  /** A claim in the portal. */
  public void portalClaim(String id, UUID who, Duration ago) {
    world.portalEdit(
        id,
        ago,
        Map.of(
            "claimed_by", who, "claimed_at", World.at(Instant.parse("2026-01-02T03:04:05.123Z"))));
  }

  /** A note in the portal. */
  public void portalNote(String id, String notes) {
    world.portalEdit(id, Duration.ofSeconds(90), Map.of("notes", notes));
  }

  /** A cell in Airtable as text, empty when it is. */
  public String cell(String id, String field) {
    var cell = world.leads().cells(id).get(field);
    return cell == null ? "" : cell.asText();
  }

  /** Who holds the lead in PostgreSQL. */
  public Object holder(String id) {
    return world.lead(id).get("claimed_by");
  }

  /** The id of the only conflict. */
  public UUID conflict() {
    return world.jdbc().sql("select id from reconciler.conflict").query(UUID.class).single();
  }

  /** The id of the only dead letter that is not closed. */
  public UUID deadLetter() {
    return world
        .jdbc()
        .sql("select id from reconciler.dead_letter where status <> 'closed'")
        .query(UUID.class)
        .single();
  }

  /** One column of the conflict or dead letter with this id, as text. */
  public String column(String table, UUID id, String column) {
    return Objects.requireNonNullElse(
        world
            .jdbc()
            .sql("select cast(" + column + " as text) from reconciler." + table + " where id = ?")
            .param(id)
            .query(String.class)
            .optional()
            .orElse(""),
        "");
  }
}
