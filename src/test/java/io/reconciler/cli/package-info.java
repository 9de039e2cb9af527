/** Tests of the command line. */
@NullMarked
package io.reconciler.cli;

import org.jspecify.annotations.NullMarked;
