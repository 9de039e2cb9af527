/** The records of other tables that those of a page point at, read before the page is applied. */
@NullMarked
package io.reconciler.engine.apply.link;

import org.jspecify.annotations.NullMarked;
