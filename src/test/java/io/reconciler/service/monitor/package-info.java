/** Tests of what is watched, on a service that is up. */
@NullMarked
package io.reconciler.service.monitor;

import org.jspecify.annotations.NullMarked;
