-- One index less for each row: what a run changed is looked up by the run, and by nothing else but the record.
alter table reconciler.run_change drop constraint run_change_pkey;
drop index reconciler.run_change_run;
alter table reconciler.run_change add primary key (run_id, id);
