/** The comparison of both sides, field by field; it writes nothing. */
@NullMarked
package io.reconciler.engine.verify;

import org.jspecify.annotations.NullMarked;
