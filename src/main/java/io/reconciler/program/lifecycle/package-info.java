/** Beginning and end of the process: a database that is not there yet, and a signal to stop. */
@NullMarked
package io.reconciler.program.lifecycle;

import org.jspecify.annotations.NullMarked;
