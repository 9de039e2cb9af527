/** Where the windows of a run start, and how far a client is known to be reconciled. */
@NullMarked
package io.reconciler.engine.window;

import org.jspecify.annotations.NullMarked;
