/** The conflict ledger: its entries, and how a losing value is applied after all. */
@NullMarked
package io.reconciler.conflict;

import org.jspecify.annotations.NullMarked;
