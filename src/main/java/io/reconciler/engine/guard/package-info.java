/** Keeps a run from taking another base for its own, and from changing more than can be right. */
@NullMarked
package io.reconciler.engine.guard;

import org.jspecify.annotations.NullMarked;
