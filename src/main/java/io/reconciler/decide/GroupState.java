package io.reconciler.decide;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Everything the decision of one field group rests on.
 *
 * @param group the group's name
 * @param policy how a conflict is decided
 * @param sides what both hold now
 * @param times when they were modified
 * @param memory what earlier runs left about the group
 * @param doubted whether the sides may have agreed again since, so that one that holds the agreed
 *     values may have come back to them by an edit
 */
public record GroupState(
    String group, ConflictPolicy policy, Sides sides, Times times, Memory memory, boolean doubted) {

  /**
   * The values of both sides.
   *
   * @param airtable A, the values in Airtable
   * @param portal P, the values in PostgreSQL
   */
  public record Sides(GroupValues airtable, GroupValues portal) {}

  /**
   * When the sides were modified.
   *
   * @param airtable tA, Airtable's modification time of the record
   * @param portal tP, the time of the portal's last edit of the lead
   * @param agreed the tA seen when the sides last agreed, or that of a later write of ours; null
   *     before the first time
   */
  public record Times(Instant airtable, Instant portal, @Nullable Instant agreed) {}

  /**
   * What the engine has kept of a group.
   *
   * @param agreed B, the values both sides last agreed on; null before the first time
   * @param intent the values of a push whose answer was never saved; null if there is none
   * @param written the values that the portal itself wrote last; null if they are the agreed ones
   * @param seen the values that the portal held when the engine last left it; null if they are the
   *     agreed ones
   */
  public record Memory(
      @Nullable GroupValues agreed,
      @Nullable GroupValues intent,
      @Nullable GroupValues written,
      @Nullable GroupValues seen) {

    /** Of a group of which the portal wrote nothing since that the sides did not agree on. */
    public static Memory of(@Nullable GroupValues agreed, @Nullable GroupValues intent) {
      return new Memory(agreed, intent, null, null);
    }
  }

  /** Of a group whose agreed values are in no doubt. */
  public GroupState(String group, ConflictPolicy policy, Sides sides, Times times, Memory memory) {
    this(group, policy, sides, times, memory, false);
  }

  /** A, the values in Airtable. */
  public GroupValues airtable() {
    return sides.airtable;
  }

  /** P, the values in PostgreSQL. */
  public GroupValues portal() {
    return sides.portal;
  }

  /** B, the values both sides last agreed on; null before the first time. */
  public @Nullable GroupValues agreed() {
    return memory.agreed;
  }

  /**
   * The same, when what was agreed on came from a backup that says nothing of edits since that
   * time; null when it did not.
   */
  public GroupState doubtedSince(@Nullable Instant backup) {
    boolean both =
        backup != null
            && times.airtable.isAfter(backup)
            && (!portal().equals(agreed()) || times.portal.isAfter(backup));
    return new GroupState(group, policy, sides, times, memory, both);
  }

  /** The same with other values in PostgreSQL. */
  GroupState withPortal(GroupValues other) {
    return new GroupState(group, policy, new Sides(airtable(), other), times, memory, doubted);
  }

  /** False if the portal has not touched the lead since both sides agreed. */
  public boolean mayBeEdited() {
    // Airtable's times may be up to a second ahead; one that is the same is the engine's own.
    return times.agreed == null
        || (!times.portal.equals(times.agreed)
            && times.portal.isAfter(times.agreed.minusSeconds(1)));
  }

  /** True if the portal wrote what it holds, and nobody has decided about it yet. */
  public boolean isNewInPortal() {
    return !portal().equals(known());
  }

  /** What the portal held when the engine last left it; what it holds now if that was never. */
  GroupValues left() {
    GroupValues known = known();
    return known == null ? portal() : known;
  }

  private @Nullable GroupValues known() {
    return memory.seen == null ? agreed() : memory.seen;
  }

  /** What the portal itself wrote last, what it holds now included. */
  public GroupValues lastWritten() {
    return isNewInPortal() ? portal() : writtenBefore();
  }

  /** What the portal itself wrote last, before what it holds now if that is new. */
  GroupValues writtenBefore() {
    if (memory.written != null) {
      return memory.written;
    }
    return agreed() == null ? portal() : agreed();
  }

  /** True if Airtable holds what our own unanswered push sent. */
  public boolean holdsIntent() {
    return airtable().equals(memory.intent);
  }

  /** What changes are measured against: our own push counts as agreed once Airtable holds it. */
  @Nullable GroupValues base() {
    return holdsIntent() ? memory.intent : agreed();
  }

  /**
   * True if the portal holds something else than was agreed on, or than was sent and may have
   * arrived: whoever takes that back edits, though it is back to the agreed values.
   */
  boolean portalChanged() {
    boolean left = memory.intent != null && !portal().equals(memory.intent);
    return left || !portal().equals(base());
  }

  /** True if nothing was ever agreed on and the sides differ. */
  public boolean firstDifference() {
    return base() == null && !airtable().equals(portal());
  }

  /** True if somebody else touched the record in Airtable after the portal's edit. */
  boolean touchedLaterInAirtable() {
    return times.airtable.isAfter(times.portal)
        && !times.airtable.equals(times.agreed)
        && !holdsIntent();
  }
}
