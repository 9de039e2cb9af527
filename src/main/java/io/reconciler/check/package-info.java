/** The preflight: what both sides look like, held against what a run needs; it only reads. */
@NullMarked
package io.reconciler.check;

import org.jspecify.annotations.NullMarked;
