/** How the tests read the cases of {@code src/test/resources/scenarios}. */
@NullMarked
package io.reconciler.scenario;

import org.jspecify.annotations.NullMarked;
