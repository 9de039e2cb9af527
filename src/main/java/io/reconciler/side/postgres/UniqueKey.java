package io.reconciler.side.postgres;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A unique index of a mapped table.
 *
 * @param keys its keys as expressions on a row
 * @param predicate which rows it is about; null when it is about all
 * @param nullsEqual whether two nulls are one too many
 * @param columns the columns that its keys and predicate need
 * @param nullable those of them that may be null
 */
public record UniqueKey(
    String name,
    String schema,
    String table,
    List<String> keys,
    @Nullable String predicate,
    boolean nullsEqual,
    Set<String> columns,
    Set<String> nullable) {}
