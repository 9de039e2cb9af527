/** Leads, agreed values and ledgers in PostgreSQL: rows, generated statements, migrations. */
@NullMarked
package io.reconciler.store;

import org.jspecify.annotations.NullMarked;
