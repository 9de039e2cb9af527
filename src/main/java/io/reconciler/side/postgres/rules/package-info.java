/**
 * What the portal's tables have to be like for a run, held against what PostgreSQL's catalog says.
 */
@NullMarked
package io.reconciler.side.postgres.rules;

import org.jspecify.annotations.NullMarked;
