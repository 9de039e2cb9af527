package io.reconciler.service.schedule;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.quartz.JobPersistenceException;
import org.quartz.impl.jdbcjobstore.SchedulerStateRecord;
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

  // One that was ended in order has left nothing undone: it is forgotten without a word, which
  // Quartz would call it failed with.
  @Override
  protected void clusterRecover(Connection connection, List<SchedulerStateRecord> gone)
      throws JobPersistenceException {
    List<SchedulerStateRecord> failed = new ArrayList<>();
    try {
      for (SchedulerStateRecord instance : gone) {
        String id = instance.getSchedulerInstanceId();
        if (id.equals(getInstanceId())
            || !getDelegate().selectInstancesFiredTriggerRecords(connection, id).isEmpty()) {
          failed.add(instance);
        } else {
          getDelegate().deleteSchedulerState(connection, id);
        }
      }
    } catch (SQLException e) {
      throw new JobPersistenceException("Failure recovering jobs: " + e.getMessage(), e);
    }
    super.clusterRecover(connection, failed);
  }
}
