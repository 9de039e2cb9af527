/**
 * The requests of a month against the plan: what the schedule may spend, and what it leaves out.
 */
@NullMarked
package io.reconciler.engine.budget;

import org.jspecify.annotations.NullMarked;
