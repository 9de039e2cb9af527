-- A conflict in which nothing was lost is entered as settled: nobody has to look at it. Those that
-- are open already stay so.
alter table reconciler.conflict drop constraint conflict_status_check;
alter table reconciler.conflict add constraint conflict_status_check
  check (status in ('open', 'settled', 'applied', 'dismissed'));
