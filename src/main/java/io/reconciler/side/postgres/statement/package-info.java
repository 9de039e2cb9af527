/**
 * The SQL that the mapping decides about: statements on mapped tables, and what they are made of.
 */
@NullMarked
package io.reconciler.side.postgres.statement;

import org.jspecify.annotations.NullMarked;
