package io.reconciler.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a ledger that a command is to settle.
 *
 * @param id the id of the one; null: all that are open and pass the filters
 * @param filters values by the filter's name
 */
public record Entries(@Nullable String id, Map<String, String> filters) {

  public Entries {
    filters = Map.copyOf(filters);
  }
}
