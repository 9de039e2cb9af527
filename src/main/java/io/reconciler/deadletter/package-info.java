/** The dead letters: what could not be applied, and how it is tried again or given up. */
@NullMarked
package io.reconciler.deadletter;

import org.jspecify.annotations.NullMarked;
