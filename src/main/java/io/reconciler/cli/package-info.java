/** The command line: what can be typed, what is answered where, and with which exit code. */
@NullMarked
package io.reconciler.cli;

import org.jspecify.annotations.NullMarked;
