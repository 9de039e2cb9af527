/** The comparison of both sides, field by field; it writes nothing. */
@NullMarked
package io.reconciler.verify;

import org.jspecify.annotations.NullMarked;
