package io.reconciler.cli;

import org.jspecify.annotations.Nullable;

/**
 * What `sandbox` was asked for.
 *
 * @param port null: a free one
 * @param tables how many
 * @param fields of all tables together
 * @param records of each table
 * @param seed the same base for the same seed
 */
public record SandboxRequest(
    @Nullable Integer port, int tables, int fields, int records, long seed) {}
