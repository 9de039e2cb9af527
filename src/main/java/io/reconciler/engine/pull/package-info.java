/** Stage 1: lists what changed in Airtable and hands it over page by page. */
@NullMarked
package io.reconciler.engine.pull;

import org.jspecify.annotations.NullMarked;
