/** What people and programs read of results: text, tables and JSON. */
@NullMarked
package io.reconciler.program.report;

import org.jspecify.annotations.NullMarked;
