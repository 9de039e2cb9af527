package io.reconciler.service.schedule;

import org.quartz.JobPersistenceException;
import org.springframework.scheduling.quartz.LocalDataSourceJobStore;

/**
 * Quartz' store in the service's database, each change in a transaction of its own. Spring's store
 * leaves the transaction to its caller, and Camel opens none: without one the row that is the
 * cluster's lock is free again before the change is made, and instances that start at the same
 * moment make the same trigger twice.
 */
public final class TriggerStore extends LocalDataSourceJobStore {

  @Override
  protected Object executeInLock(String lockName, TransactionCallback change)
      throws JobPersistenceException {
    return executeInNonManagedTXLock(lockName, change, null);
  }
}
