package io.reconciler.sandbox;

import io.reconciler.sandbox.http.Listener;
import io.reconciler.sandbox.table.Ids;
import io.reconciler.sandbox.table.RateLimiter;
import io.reconciler.sandbox.table.SandboxBase;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;

/** An Airtable server of our own on 127.0.0.1, which runs until it is closed. */
public final class Sandbox implements AutoCloseable {

  private static final long SEED = 20_240_201;

  private final SandboxOptions options;
  private final Ids ids = new Ids(SEED);
  private final Map<String, SandboxBase> bases = new ConcurrentSkipListMap<>();
  private final Journal journal = new Journal();
  private final Faults faults = new Faults();
  private final PageHooks hooks = new PageHooks();
  private final Access access;
  private final Iterators iterators;
  private final Router router;
  private final Listener listener;

  private Sandbox(SandboxOptions options) {
    this.options = options;
    access = new Access(options.tokens());
    iterators = new Iterators(ids, options.clock(), options.iteratorLifetime());
    Lister lister = new Lister(iterators, hooks, options.clock());
    router = new Router(bases, access, lister, new RecordWrites(options.clock(), journal));
    Door door = new Door(router, journal, faults, options.clock(), options.latency());
    listener = Listener.start(options.port(), options.threads(), options.clock(), door);
  }

  /** Starts a sandbox without bases; throws UncheckedIOException when the port is taken. */
  public static Sandbox start(SandboxOptions options) {
    return new Sandbox(options);
  }

  /** Returns what stands in for {@code https://api.airtable.com/v0}. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + listener.port() + "/v0");
  }

  /** Returns the base, a new one if need be; throws IllegalArgumentException for a malformed id. */
  public SandboxBase base(String baseId) {
    return bases.computeIfAbsent(
        baseId,
        id ->
            new SandboxBase(
                id,
                ids,
                options.clock(),
                new RateLimiter(options.requestsPerSecond(), options.lockOut())));
  }

  /** Returns every request since the logs were cleared, in the order of arrival. */
  public List<LoggedRequest> requests() {
    return journal.requests();
  }

  /** Returns every record of every accepted write since the logs were cleared. */
  public List<LoggedWrite> writes() {
    return journal.writes();
  }

  /** Forgets the requests and writes so far. */
  public void clearLogs() {
    journal.clear();
  }

  /**
   * Lets requests that match meet the fault, as often as it says; the earliest rule goes first. The
   * request a rule sees has no status yet.
   */
  public void onRequest(Predicate<LoggedRequest> match, Fault fault) {
    faults.add(match, fault);
  }

  public void clearFaults() {
    faults.clear();
  }

  /**
   * Does the work once, before that page of the next listing is read: page 1 before its members are
   * settled, later ones between two pages. It may change tables.
   */
  public void beforePage(int page, Runnable work) {
    hooks.add(page, work);
  }

  /** Forgets all unfinished listings, as a restart of Airtable does. */
  public void expireIterators() {
    iterators.expireAll();
  }

  /** Takes a scope such as {@code data.records:write} or {@code schema.bases:read} from a token. */
  public void revokeScope(String token, String scope) {
    access.withhold(token, scope);
  }

  /** Gives a scope back to a token. */
  public void grantScope(String token, String scope) {
    access.giveBack(token, scope);
  }

  /** Chooses the answer for a missing record: the 403 also seen for it, or the 404. */
  public void setMissingRecordForbidden(boolean forbidden) {
    router.setMissingRecordForbidden(forbidden);
  }

  /** Ends all connections and frees the port. */
  @Override
  public void close() {
    listener.close();
  }
}
