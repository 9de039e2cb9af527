/**
 * Brings Airtable records and leads together: decides every field group and says what to write on
 * each side.
 */
@NullMarked
package io.reconciler.engine.apply;

import org.jspecify.annotations.NullMarked;
