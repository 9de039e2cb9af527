/** The pages that people look at: what goes on, what needs them, and what they can do about it. */
@NullMarked
package io.reconciler.service.page;

import org.jspecify.annotations.NullMarked;
