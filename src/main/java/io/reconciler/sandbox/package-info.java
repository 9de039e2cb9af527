/**
 * Our own small Airtable server, for the demo and for tests: what a sync engine uses, and what
 * could hurt it.
 */
@NullMarked
package io.reconciler.sandbox;

import org.jspecify.annotations.NullMarked;
