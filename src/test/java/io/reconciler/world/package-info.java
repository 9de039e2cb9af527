/** Both sides and the engine between them, for tests of whole runs. */
@NullMarked
package io.reconciler.world;

import org.jspecify.annotations.NullMarked;
