package io.reconciler.engine.repair;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What an entry of a ledger is about: only within its table does a name mean something.
 *
 * @param inTable the name of the table's mapping
 * @param name a column, a field group, or nothing for a whole record
 */
record LedgerName(@JsonProperty("in_table") String inTable, String name) {}
