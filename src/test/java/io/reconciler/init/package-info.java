/** Tests of what `init` proposes. */
@NullMarked
package io.reconciler.init;

import org.jspecify.annotations.NullMarked;
