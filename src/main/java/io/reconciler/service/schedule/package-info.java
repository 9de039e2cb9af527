/** When clients are run: their triggers, on all instances together. */
@NullMarked
package io.reconciler.service.schedule;

import org.jspecify.annotations.NullMarked;
