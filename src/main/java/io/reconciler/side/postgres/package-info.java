/** Leads, agreed values and ledgers in PostgreSQL: rows, generated statements, migrations. */
@NullMarked
package io.reconciler.side.postgres;

import org.jspecify.annotations.NullMarked;
