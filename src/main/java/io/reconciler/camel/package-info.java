/** Glue between Camel and Spring: components, statements by name, settings of the routes. */
@NullMarked
package io.reconciler.camel;

import org.jspecify.annotations.NullMarked;
