/** Those who may sign in: their roles, their passwords, and what happens when these are guessed. */
@NullMarked
package io.reconciler.service.user;

import org.jspecify.annotations.NullMarked;
