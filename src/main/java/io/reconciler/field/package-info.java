/** What the metadata of Airtable said of the mapped fields: their ids, and which are gone. */
@NullMarked
package io.reconciler.field;

import org.jspecify.annotations.NullMarked;
