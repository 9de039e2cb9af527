@NullMarked
package io.reconciler.side.airtable;

import org.jspecify.annotations.NullMarked;
