/** Airtable's requests, answers, errors and formulas, and what the one door to it needs. */
@NullMarked
package io.reconciler.side.airtable;

import org.jspecify.annotations.NullMarked;
