/** Texts from outside, made fit for people. It knows no other package. */
@NullMarked
package io.reconciler.text;

import org.jspecify.annotations.NullMarked;
