/** The ledgers as people read them: losing values applied after all, dead letters tried again. */
@NullMarked
package io.reconciler.engine.repair;

import org.jspecify.annotations.NullMarked;
