/** What formulas mean. */
@NullMarked
package io.reconciler.sandbox.formula;

import org.jspecify.annotations.NullMarked;
