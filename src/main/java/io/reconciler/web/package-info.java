/** The admin page. */
@NullMarked
package io.reconciler.web;

import org.jspecify.annotations.NullMarked;
