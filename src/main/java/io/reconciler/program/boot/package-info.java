/** How the program starts: settings to mappings, database, engine and service. */
@NullMarked
package io.reconciler.program.boot;

import org.jspecify.annotations.NullMarked;
