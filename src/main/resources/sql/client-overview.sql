-- How each client stands: its last run, what is on its way, what is open, what it used of this month.
with pending as (
  select client_id, count(*) as count from reconciler.agreed_value where pending group by client_id),
letters as (
  select client_id, count(*) as count from reconciler.dead_letter where status = 'open' group by client_id),
conflicts as (
  select client_id, count(*) as count from reconciler.conflict where status = 'open' group by client_id)
select c.id as client_id, c.company_name as client, c.airtable_base_id as base_id, c.is_active, w.pulled_until,
  r.id, r.trigger, r.requester, r.window_minutes, r.full_sweep, r.started_at, r.ended_at, r.outcome, r.failure,
  r.stopped_by_guard, cast(r.result #- '{stage1,errors}' #- '{stage2,errors}' as text) as result,
  cast(p.progress as text) as progress, p.stop_asked_by, p.at as heard_at, cast(to_jsonb(r.table_names) as text) as tables,
  coalesce(pending.count, 0) as pending, coalesce(letters.count, 0) as letters,
  coalesce(conflicts.count, 0) as conflicts, coalesce(q.requests, 0) as requests
from clients c
left join lateral (
  select case when bool_and(t.pulled_until is not null) then min(t.pulled_until) end as pulled_until
  from reconciler.watermark t where t.client_id = c.id) w on true
left join lateral (
  select * from reconciler.run where client_id = c.id order by started_at desc limit 1) r on true
left join reconciler.run_progress p on p.run_id = r.id
left join pending on pending.client_id = c.id
left join letters on letters.client_id = c.id
left join conflicts on conflicts.client_id = c.id
left join reconciler.request_count q on q.base_id = c.airtable_base_id
  and q.month = cast(date_trunc('month', now() at time zone 'utc') as date)
order by c.is_active desc, c.company_name, c.airtable_base_id
limit 200
