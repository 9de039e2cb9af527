/** The process that runs live in: whether it was asked to end, and its threads beside them. */
@NullMarked
package io.reconciler.engine.process;

import org.jspecify.annotations.NullMarked;
