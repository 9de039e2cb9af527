/** Which Airtable field is which column, how a cell becomes a value, and whose it is. */
@NullMarked
package io.reconciler.side.mapping;

import org.jspecify.annotations.NullMarked;
