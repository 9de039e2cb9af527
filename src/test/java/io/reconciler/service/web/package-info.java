/** Tests of the web server, over real HTTP. */
@NullMarked
package io.reconciler.service.web;

import org.jspecify.annotations.NullMarked;
