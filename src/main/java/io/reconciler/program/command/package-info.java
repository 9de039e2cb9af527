/**
 * What each command does: one class a command, behind the interface that the command line knows.
 */
@NullMarked
package io.reconciler.program.command;

import org.jspecify.annotations.NullMarked;
