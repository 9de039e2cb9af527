/** The ledgers as people read them, and how an entry is asked to be settled. */
@NullMarked
package io.reconciler.ledger;

import org.jspecify.annotations.NullMarked;
