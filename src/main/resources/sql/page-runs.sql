-- The latest runs, for the page.
select r.id, r.base_id as base, r.trigger, r.failure,
  case when r.outcome = 'succeeded' and e.errors > 0 then 'succeeded with errors'
    else r.outcome end as outcome,
  to_char(r.started_at at time zone 'utc', 'YYYY-MM-DD HH24:MI:SS') as started,
  round(extract(epoch from r.ended_at - r.started_at), 1) as seconds,
  r.result #>> '{stage1,inserted}' as inserted, r.result #>> '{stage1,updated}' as updated,
  r.result #>> '{stage2,updated}' as pushed, r.result #>> '{stage2,skipped}' as skipped,
  r.result #>> '{stage2,conflicts}' as conflicts,
  e.errors,
  r.result ->> 'airtableRequests' as requests
from reconciler.run r
cross join lateral (
  select coalesce(cast(r.result #>> '{stage1,errorCount}' as bigint), 0)
    + coalesce(cast(r.result #>> '{stage2,errorCount}' as bigint), 0) as errors) e
order by r.started_at desc
limit 20
