/** The preflight: what both sides look like, held against what a run needs; it only reads. */
@NullMarked
package io.reconciler.engine.check;

import org.jspecify.annotations.NullMarked;
