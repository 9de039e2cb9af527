/**
 * Values that may be there once: who holds what a record wants, and in which order they hand it on.
 */
@NullMarked
package io.reconciler.engine.apply.unique;

import org.jspecify.annotations.NullMarked;
