/** What the program is told by its environment variables, checked before anything starts. */
@NullMarked
package io.reconciler.settings;

import org.jspecify.annotations.NullMarked;
