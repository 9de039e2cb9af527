/**
 * Airtable's formulas, as far as filters of a sync engine use them: text to a yes or no per record.
 */
@NullMarked
package io.reconciler.sandbox.formula;

import org.jspecify.annotations.NullMarked;
