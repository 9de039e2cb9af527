/** What the metadata of Airtable said of the mapped fields: their ids, and which are gone. */
@NullMarked
package io.reconciler.engine.field;

import org.jspecify.annotations.NullMarked;
