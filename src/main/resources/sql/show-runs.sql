-- Runs that pass the filters, the newest first, without the texts of their errors. Since a time: those that began since
-- then, and those that still go on.
select r.id, r.client_id, c.company_name as client, r.base_id, r.trigger, r.requester, r.window_minutes,
  r.full_sweep, r.started_at, r.ended_at, r.outcome, r.failure, r.stopped_by_guard,
  cast(r.result #- '{stage1,errors}' #- '{stage2,errors}' as text) as result,
  cast(p.progress as text) as progress, p.stop_asked_by, p.at as heard_at, cast(to_jsonb(r.table_names) as text) as tables
from reconciler.run r
left join clients c on c.id = r.client_id
left join reconciler.run_progress p on p.run_id = r.id
where (cast(:client as text) is null or r.base_id = :client)
  and (cast(:table as text) is null or r.table_names is null or r.table_names @> array[cast(:table as text)])
  and (cast(:trigger as text) is null or r.trigger = :trigger)
  and (cast(:outcome as text) is null or r.outcome = :outcome)
  and (cast(:requester as text) is null or strpos(lower(r.requester), lower(cast(:requester as text))) > 0)
  and r.started_at >= least(cast(:since as timestamptz), (select min(g.started_at) from reconciler.run g where g.outcome = 'running'))
  and (cast(:since as timestamptz) = '-infinity' or r.started_at >= cast(:since as timestamptz) or r.outcome = 'running')
  and (cast(:beforeTime as timestamptz) is null
    or (r.started_at, r.id) < (cast(:beforeTime as timestamptz), cast(:beforeId as uuid)))
order by r.started_at desc, r.id desc
limit :limit
