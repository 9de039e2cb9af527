/** A small HTTP/1.1 server that can misbehave on purpose and keeps its own time. */
@NullMarked
package io.reconciler.sandbox.http;

import org.jspecify.annotations.NullMarked;
