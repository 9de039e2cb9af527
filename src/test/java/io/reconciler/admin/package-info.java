/** Tests of the operators' endpoints. */
@NullMarked
package io.reconciler.admin;

import org.jspecify.annotations.NullMarked;
