/** What the sandbox does over HTTP. */
@NullMarked
package io.reconciler.sandbox;

import org.jspecify.annotations.NullMarked;
