/**
 * Bases, tables and rows of the sandbox: what is stored, what is computed of it, what is an error.
 */
@NullMarked
package io.reconciler.sandbox.table;

import org.jspecify.annotations.NullMarked;
