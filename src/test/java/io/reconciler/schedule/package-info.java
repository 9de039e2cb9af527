/** When clients are run. */
package io.reconciler.schedule;
