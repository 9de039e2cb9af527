/** Random histories, crash points and known bugs: the evidence that no edit is lost or doubled. */
@NullMarked
package io.reconciler.history;

import org.jspecify.annotations.NullMarked;
