@NullMarked
package io.reconciler.airtable;

import org.jspecify.annotations.NullMarked;
