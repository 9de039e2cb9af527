/** The engine's own tables in a file, and back; no tool of PostgreSQL's is needed. */
@NullMarked
package io.reconciler.program.backup;

import org.jspecify.annotations.NullMarked;
