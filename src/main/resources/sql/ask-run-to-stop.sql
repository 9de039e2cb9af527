-- Asks the process that does a run to stop it, unless the run has ended or somebody asked before.
insert into reconciler.run_progress (run_id, stop_asked_by)
select id, :by from reconciler.run where id = :run and outcome = 'running'
on conflict (run_id) do update set stop_asked_by = coalesce(run_progress.stop_asked_by, excluded.stop_asked_by)
