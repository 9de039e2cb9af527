-- What the bases used of this month, and what a run and a sweep of the schedule cost on average, in the last 7 days.
select coalesce((
    select sum(q.requests) from reconciler.request_count q
    where q.month = cast(date_trunc('month', cast(:now as timestamptz) at time zone 'utc') as date)), 0) as used,
  (select count(*) from clients c where c.is_active) as clients,
  coalesce(avg(cast(r.result ->> 'airtableRequests' as numeric)) filter (where not r.full_sweep), 1) as per_run,
  coalesce(avg(cast(r.result ->> 'airtableRequests' as numeric)) filter (where r.full_sweep), 0) as per_sweep
from reconciler.run r
where r.trigger = 'schedule' and r.outcome = 'succeeded'
  and r.started_at > cast(:now as timestamptz) - interval '7 days'
