/** Stage 2: finds what the portal changed and hands it to Airtable in batches. */
@NullMarked
package io.reconciler.engine.push;

import org.jspecify.annotations.NullMarked;
