/** What stops a run, and how people are told of it. */
@NullMarked
package io.reconciler.engine.failure;

import org.jspecify.annotations.NullMarked;
