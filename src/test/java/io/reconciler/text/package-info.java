@NullMarked
package io.reconciler.text;

import org.jspecify.annotations.NullMarked;
