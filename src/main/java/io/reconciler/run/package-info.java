/** One run of one client: its window, its counts and its outcome. */
@NullMarked
package io.reconciler.run;

import org.jspecify.annotations.NullMarked;
