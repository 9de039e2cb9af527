/** Tests of the settings. */
@NullMarked
package io.reconciler.settings;

import org.jspecify.annotations.NullMarked;
