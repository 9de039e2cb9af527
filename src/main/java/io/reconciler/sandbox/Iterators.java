package io.reconciler.sandbox;

import io.reconciler.sandbox.table.ErrorReply;
import io.reconciler.sandbox.table.Ids;
import io.reconciler.sandbox.table.SandboxTable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Listings that have more pages to come. */
final class Iterators {

  private static final Pattern OFFSET =
      Pattern.compile("(itr[0-9A-Za-z]{14})/(rec[0-9A-Za-z]{14})");

  private final Ids ids;
  private final Clock clock;
  private final Duration lifetime;
  private final Map<String, Listing> listings = new HashMap<>();

  /** A listing's members and order, fixed by its first request. */
  record Listing(String id, String tableId, List<String> members, Instant lastUsed) {}

  /** Where in a listing a page starts. */
  record Position(Listing listing, int start) {}

  Iterators(Ids ids, Clock clock, Duration lifetime) {
    this.ids = ids;
    this.clock = clock;
    this.lifetime = lifetime;
  }

  synchronized Position open(SandboxTable table, List<String> members) {
    listings.values().removeIf(this::expired);
    return new Position(new Listing(ids.next("itr"), table.id(), members, clock.instant()), 0);
  }

  /** Returns where the offset leads; throws the API's errors for a bad and for an expired one. */
  synchronized Position resume(SandboxTable table, String offset) {
    Matcher parts = OFFSET.matcher(offset);
    if (!parts.matches()) {
      throw ErrorReply.badOffset(offset);
    }
    Listing listing = listings.get(parts.group(1));
    if (listing == null || expired(listing)) {
      throw ErrorReply.iteratorGone();
    }
    int last = listing.members().indexOf(parts.group(2));
    if (last < 0 || !listing.tableId().equals(table.id())) {
      throw ErrorReply.badOffset(offset);
    }
    return new Position(listing, last + 1);
  }

  /** Keeps the listing for another page and returns its offset. */
  synchronized String keep(Listing listing, int end) {
    listings.put(
        listing.id(),
        new Listing(listing.id(), listing.tableId(), listing.members(), clock.instant()));
    return listing.id() + "/" + listing.members().get(end - 1);
  }

  synchronized void expireAll() {
    listings.clear();
  }

  private boolean expired(Listing listing) {
    return listing.lastUsed().plus(lifetime).isBefore(clock.instant());
  }
}
