/** What a request to the REST API and its answer are, for every endpoint alike. */
@NullMarked
package io.reconciler.api;

import org.jspecify.annotations.NullMarked;
