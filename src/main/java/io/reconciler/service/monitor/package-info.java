/** What is watched while the service runs: metrics, health and traces; nothing depends on it. */
@NullMarked
package io.reconciler.service.monitor;

import org.jspecify.annotations.NullMarked;
