/** What operators do over REST and on the page: triggering runs, looking at the ledgers. */
@NullMarked
package io.reconciler.service.admin;

import org.jspecify.annotations.NullMarked;
