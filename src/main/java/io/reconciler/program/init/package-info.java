/**
 * What {@code init} proposes: a mapping file a table and the DDL that is missing, from Airtable's
 * metadata and PostgreSQL's catalog. Planning is pure.
 */
@NullMarked
package io.reconciler.program.init;

import org.jspecify.annotations.NullMarked;
