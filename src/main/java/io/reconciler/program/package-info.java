/**
 * Starts the program: the Spring context of a command or of the service, and what the commands do.
 */
@NullMarked
package io.reconciler.program;

import org.jspecify.annotations.NullMarked;
