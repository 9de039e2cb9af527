/** Tests of signing in. */
@NullMarked
package io.reconciler.service.user;

import org.jspecify.annotations.NullMarked;
