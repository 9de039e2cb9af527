/** Measures the program from outside: what the scripts in {@code bench/} start. */
@NullMarked
package io.reconciler.bench;

import org.jspecify.annotations.NullMarked;
