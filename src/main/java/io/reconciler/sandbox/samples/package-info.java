/** Bases, leads and companies to fill the sandbox with. */
@NullMarked
package io.reconciler.sandbox.samples;

import org.jspecify.annotations.NullMarked;
