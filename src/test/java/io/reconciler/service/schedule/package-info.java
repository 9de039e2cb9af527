/** When clients are run. */
package io.reconciler.service.schedule;
