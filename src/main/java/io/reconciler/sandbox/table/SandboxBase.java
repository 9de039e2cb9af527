package io.reconciler.sandbox.table;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A base: its tables, who may use it, and its limits. */
public final class SandboxBase {

  private final String id;
  private final Ids ids;
  private final Clock clock;
  private final RateLimiter limiter;
  private final List<SandboxTable> tables = new CopyOnWriteArrayList<>();
  private final Set<String> revoked = ConcurrentHashMap.newKeySet();
  private volatile boolean quotaExhausted;
  private volatile boolean readOnly;

  public SandboxBase(String id, Ids ids, Clock clock, RateLimiter limiter) {
    this.id = Ids.checked("app", id);
    this.ids = ids;
    this.clock = clock;
    this.limiter = limiter;
  }

  /** Returns the app... id. */
  public String id() {
    return id;
  }

  /**
   * Adds a table with one view, Grid view; throws IllegalArgumentException if the name is taken.
   */
  public SandboxTable addTable(String name, List<SandboxField> fields) {
    if (find(name) != null) {
      throw new IllegalArgumentException("The base already has a table " + name);
    }
    SandboxTable table = new SandboxTable(this, name, ids, clock, fields);
    tables.add(table);
    return table;
  }

  /** Returns the table of that name or id; throws IllegalArgumentException when there is none. */
  public SandboxTable table(String nameOrId) {
    return Optional.ofNullable(find(nameOrId))
        .orElseThrow(() -> new IllegalArgumentException("No table " + nameOrId));
  }

  /** Deletes the table of that name or id; throws IllegalArgumentException when there is none. */
  public void removeTable(String nameOrId) {
    tables.remove(table(nameOrId));
  }

  /** Makes every request but those for metadata end in the 429 of a used-up month. */
  public void setQuotaExhausted(boolean exhausted) {
    quotaExhausted = exhausted;
  }

  /** Lets the users behind all tokens only read. */
  public void setReadOnly(boolean readsOnly) {
    readOnly = readsOnly;
  }

  /** Takes the base from the token's resources. */
  public void revoke(String token) {
    revoked.add(token);
  }

  /** Gives the base back to the token. */
  public void grant(String token) {
    revoked.remove(token);
  }

  public boolean allows(String token) {
    return !revoked.contains(token);
  }

  public boolean isReadOnly() {
    return readOnly;
  }

  public boolean isQuotaExhausted() {
    return quotaExhausted;
  }

  public boolean admits(Instant arrival) {
    return limiter.admits(arrival);
  }

  public @Nullable SandboxTable find(String nameOrId) {
    return tables.stream()
        .filter(table -> table.id().equals(nameOrId) || table.name().equals(nameOrId))
        .findFirst()
        .orElse(null);
  }

  public List<SandboxTable> tables() {
    return tables;
  }
}
