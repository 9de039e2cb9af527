/**
 * Decides, without a database, what a page of records and their leads are to become, and says in
 * rows what to write.
 */
@NullMarked
package io.reconciler.engine.apply.plan;

import org.jspecify.annotations.NullMarked;
