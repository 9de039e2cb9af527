package io.reconciler.engine.push;

import io.reconciler.engine.field.KnownFields;
import io.reconciler.side.airtable.AirtableAnswer;
import io.reconciler.side.airtable.AirtableException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The options of a table's selects as Airtable has them when it refuses one: what was kept of them
 * may be a day old. Asked for once; whoever comes meanwhile waits for the answer. For any thread.
 */
public final class FreshOptions {

  private static final String UNKNOWN_OPTION = "INVALID_MULTIPLE_CHOICE_OPTIONS";

  /** Whoever asks has its own time-outs; nobody waits for ever should it be gone. */
  private static final long LONGEST_WAIT = 120;

  private final KnownFields fields;
  private final AtomicBoolean asked = new AtomicBoolean();
  private final CompletableFuture<Map<String, List<String>>> byColumn = new CompletableFuture<>();

  FreshOptions(KnownFields fields) {
    this.fields = fields;
  }

  /** Whether this refusal is the first one of an option, for whose caller it is to ask. */
  public boolean isFirst(AirtableException.Refused refusal) {
    return isOption(refusal) && asked.compareAndSet(false, true);
  }

  public void answered(AirtableAnswer metadata) {
    byColumn.complete(fields.choices(metadata.body()));
  }

  /** It was asked for, and if there was no answer there is none. */
  public void done() {
    byColumn.complete(Map.of());
  }

  /** The options of each column, after such a refusal; empty after every other. */
  Map<String, List<String>> after(AirtableException.Refused refusal) {
    return isOption(refusal) && asked.get()
        ? byColumn.completeOnTimeout(Map.of(), LONGEST_WAIT, TimeUnit.SECONDS).join()
        : Map.of();
  }

  private static boolean isOption(AirtableException.Refused refusal) {
    return refusal.type().equals(UNKNOWN_OPTION);
  }
}
