/** The one door to Airtable: permits, sending, retries; and the glue between Camel and Spring. */
@NullMarked
package io.reconciler.engine.door;

import org.jspecify.annotations.NullMarked;
