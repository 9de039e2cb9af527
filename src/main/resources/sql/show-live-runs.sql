-- The runs that go on now, and those that began since then, the newest first.
select r.id, r.client_id, c.company_name as client, r.base_id, r.trigger, r.requester, r.window_minutes,
  r.full_sweep, r.started_at, r.ended_at, r.outcome, r.failure, r.stopped_by_guard,
  cast(r.result #- '{stage1,errors}' #- '{stage2,errors}' as text) as result,
  cast(p.progress as text) as progress, p.stop_asked_by, p.at as heard_at
from reconciler.run r
left join clients c on c.id = r.client_id
left join reconciler.run_progress p on p.run_id = r.id
where r.outcome = 'running' or r.started_at >= cast(:since as timestamptz)
order by r.started_at desc
limit 50
