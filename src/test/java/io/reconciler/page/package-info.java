@org.jspecify.annotations.NullMarked
package io.reconciler.page;
