/** What a request to the REST API and its answer are, for every endpoint alike. */
@NullMarked
package io.reconciler.service.api;

import org.jspecify.annotations.NullMarked;
