/** The web server: who may ask for what, sessions and tokens, error answers, and the admin page. */
@NullMarked
package io.reconciler.service.web;

import org.jspecify.annotations.NullMarked;
