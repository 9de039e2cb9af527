/** Tests of what `init` proposes. */
@NullMarked
package io.reconciler.program.init;

import org.jspecify.annotations.NullMarked;
