/** Permits for requests to Airtable: rows that all processes share, and when each is free again. */
@NullMarked
package io.reconciler.side.postgres.permit;

import org.jspecify.annotations.NullMarked;
