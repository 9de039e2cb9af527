/** The demo: both sides, edits on each, and two runs. */
@NullMarked
package io.reconciler.program.demo;

import org.jspecify.annotations.NullMarked;
