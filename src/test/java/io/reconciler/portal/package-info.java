/** Tests of the portal's endpoints. */
@NullMarked
package io.reconciler.portal;

import org.jspecify.annotations.NullMarked;
