-- How far the runs of this process have come; says which of them are asked to stop, and by whom.
insert into reconciler.run_progress (run_id, progress)
select run_id, progress from jsonb_to_recordset(cast(:runs as jsonb)) as r(run_id uuid, progress jsonb)
on conflict (run_id) do update set progress = excluded.progress, at = clock_timestamp()
returning run_id, stop_asked_by
