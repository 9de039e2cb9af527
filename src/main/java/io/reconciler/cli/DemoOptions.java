package io.reconciler.cli;

import org.jspecify.annotations.Nullable;

/**
 * What one `demo` is asked to do.
 *
 * @param leads how many leads the sandbox holds, 1 to 50000
 * @param port the admin page's port, 0 for any free one; null: the default
 * @param once end after the second sync instead of staying up
 */
public record DemoOptions(int leads, @Nullable Integer port, boolean once) {}
