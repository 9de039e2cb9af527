/** The decision of one field group: agreed value and both sides in, what both shall hold out. */
@NullMarked
package io.reconciler.decide;

import org.jspecify.annotations.NullMarked;
