/** Tests of the operators' endpoints. */
@NullMarked
package io.reconciler.service.admin;

import org.jspecify.annotations.NullMarked;
