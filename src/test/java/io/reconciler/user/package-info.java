/** Tests of signing in. */
@NullMarked
package io.reconciler.user;

import org.jspecify.annotations.NullMarked;
