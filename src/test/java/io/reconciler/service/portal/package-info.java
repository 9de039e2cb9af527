/** Tests of the portal's endpoints. */
@NullMarked
package io.reconciler.service.portal;

import org.jspecify.annotations.NullMarked;
