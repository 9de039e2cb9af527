@org.jspecify.annotations.NullMarked
package io.reconciler.service.page;
