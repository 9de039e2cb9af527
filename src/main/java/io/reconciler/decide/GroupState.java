package io.reconciler.decide;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Everything the decision of one field group rests on.
 *
 * @param group the group's name
 * @param policy how a conflict is decided
 * @param agreed B, the values both sides last agreed on; null before the first time
 * @param intent the values of a push whose answer was never saved; null if there is none
 * @param airtable A, the values in Airtable
 * @param portal P, the values in PostgreSQL
 * @param airtableModified tA, Airtable's modification time of the record
 * @param portalModified tP, the time of the portal's last edit of the lead
 * @param agreedModified the tA seen when the sides last agreed; null before the first time
 * @param written the values that the portal itself wrote last; null if they are the agreed ones
 * @param seen the values that the portal held when the engine last left it; null if they are the
 *     agreed ones
 * @param doubted whether the sides may have agreed again since, so that one that holds the agreed
 *     values may have come back to them by an edit
 */
public record GroupState(
    String group,
    ConflictPolicy policy,
    @Nullable GroupValues agreed,
    @Nullable GroupValues intent,
    GroupValues airtable,
    GroupValues portal,
    Instant airtableModified,
    Instant portalModified,
    @Nullable Instant agreedModified,
    @Nullable GroupValues written,
    @Nullable GroupValues seen,
    boolean doubted) {

  /** Of a group whose agreed values are in no doubt. */
  public GroupState(
      String group,
      ConflictPolicy policy,
      @Nullable GroupValues agreed,
      @Nullable GroupValues intent,
      GroupValues airtable,
      GroupValues portal,
      Instant airtableModified,
      Instant portalModified,
      @Nullable Instant agreedModified,
      @Nullable GroupValues written,
      @Nullable GroupValues seen) {
    this(
        group,
        policy,
        agreed,
        intent,
        airtable,
        portal,
        airtableModified,
        portalModified,
        agreedModified,
        written,
        seen,
        false);
  }

  /**
   * The same, when what was agreed on came from a backup that says nothing of edits since that
   * time; null when it did not.
   */
  public GroupState doubtedSince(@Nullable Instant backup) {
    boolean both =
        backup != null
            && airtableModified.isAfter(backup)
            && (!portal.equals(agreed) || portalModified.isAfter(backup));
    return new GroupState(
        group,
        policy,
        agreed,
        intent,
        airtable,
        portal,
        airtableModified,
        portalModified,
        agreedModified,
        written,
        seen,
        both);
  }

  /** The same with other values in PostgreSQL. */
  GroupState withPortal(GroupValues other) {
    return new GroupState(
        group,
        policy,
        agreed,
        intent,
        airtable,
        other,
        airtableModified,
        portalModified,
        agreedModified,
        written,
        seen,
        doubted);
  }

  /** False if the portal has not touched the lead since both sides agreed. */
  public boolean mayBeEdited() {
    // Airtable's times may be up to a second ahead; one that is the same is the engine's own.
    return agreedModified == null
        || (!portalModified.equals(agreedModified)
            && portalModified.isAfter(agreedModified.minusSeconds(1)));
  }

  /** True if the portal wrote what it holds, and nobody has decided about it yet. */
  public boolean isNewInPortal() {
    return !portal.equals(known());
  }

  /** What the portal held when the engine last left it; what it holds now if that was never. */
  GroupValues left() {
    GroupValues known = known();
    return known == null ? portal : known;
  }

  private @Nullable GroupValues known() {
    return seen == null ? agreed : seen;
  }

  /** What the portal itself wrote last, what it holds now included. */
  public GroupValues lastWritten() {
    return isNewInPortal() ? portal : writtenBefore();
  }

  /** What the portal itself wrote last, before what it holds now if that is new. */
  GroupValues writtenBefore() {
    if (written != null) {
      return written;
    }
    return agreed == null ? portal : agreed;
  }

  /** True if Airtable holds what our own unanswered push sent. */
  boolean holdsIntent() {
    return airtable.equals(intent);
  }

  /** What changes are measured against: our own push counts as agreed once Airtable holds it. */
  @Nullable GroupValues base() {
    return holdsIntent() ? intent : agreed;
  }

  /** True if nothing was ever agreed on and the sides differ. */
  public boolean firstDifference() {
    return base() == null && !airtable.equals(portal);
  }

  /** True if somebody else touched the record in Airtable after the portal's edit. */
  boolean touchedLaterInAirtable() {
    return airtableModified.isAfter(portalModified)
        && !airtableModified.equals(agreedModified)
        && !holdsIntent();
  }
}
