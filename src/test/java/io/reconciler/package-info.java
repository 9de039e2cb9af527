/** Tests of the program as a whole. */
@NullMarked
package io.reconciler;

import org.jspecify.annotations.NullMarked;
