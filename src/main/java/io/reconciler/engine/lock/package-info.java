/** One run a client: the lock that a run holds in PostgreSQL, and its lease. */
@NullMarked
package io.reconciler.engine.lock;

import org.jspecify.annotations.NullMarked;
