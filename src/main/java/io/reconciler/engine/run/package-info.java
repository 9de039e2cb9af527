/** One run of one client: its window, its counts and its outcome. */
@NullMarked
package io.reconciler.engine.run;

import org.jspecify.annotations.NullMarked;
