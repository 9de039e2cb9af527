/** What a dry run would have done so far, kept in memory for what comes after it. */
@NullMarked
package io.reconciler.engine.dryrun;

import org.jspecify.annotations.NullMarked;
