/** Keeps Airtable and PostgreSQL in step, in both directions. */
@NullMarked
package io.reconciler;

import org.jspecify.annotations.NullMarked;
