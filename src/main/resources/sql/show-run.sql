-- One run, with everything.
select r.id, r.client_id, c.company_name as client, r.base_id, r.trigger, r.requester, r.window_minutes,
  r.full_sweep, r.started_at, r.ended_at, r.outcome, r.failure, r.stopped_by_guard,
  cast(r.result as text) as result,
  cast(p.progress as text) as progress, p.stop_asked_by, p.at as heard_at,
  cast(to_jsonb(r.table_names) as text) as tables
from reconciler.run r
left join clients c on c.id = r.client_id
left join reconciler.run_progress p on p.run_id = r.id
where r.id = :id
