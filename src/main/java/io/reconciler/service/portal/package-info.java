/** What the portal does with leads: looking, claiming and noting, each in one statement. */
@NullMarked
package io.reconciler.service.portal;

import org.jspecify.annotations.NullMarked;
