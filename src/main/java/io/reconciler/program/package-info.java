/**
 * The program: {@code boot} starts the engine and the service, {@code command} does what can be
 * typed, {@code report} prints what came of it. {@link io.reconciler.program.EmbeddedReconciler} is
 * the way in for other applications.
 */
@NullMarked
package io.reconciler.program;

import org.jspecify.annotations.NullMarked;
