/** Brings pages of Airtable records and their leads together, and bears what is refused. */
@NullMarked
package io.reconciler.engine.apply;

import org.jspecify.annotations.NullMarked;
