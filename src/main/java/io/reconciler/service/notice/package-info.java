/** Tells operators, by webhook and e-mail, when the state of a client changes. */
@NullMarked
package io.reconciler.service.notice;

import org.jspecify.annotations.NullMarked;
