-- How certain clients stand now: their last run that ended, but for a killed one, and their open dead letters.
select c.id as client_id, c.company_name, c.airtable_base_id as base_id, now() as at,
  r.id as run_id, r.outcome, r.stopped_by_guard, r.failure, coalesce(d.open, 0) as open, d.newest
from clients c
left join lateral (
  select id, outcome, stopped_by_guard, failure
  from reconciler.run
  where client_id = c.id and outcome in ('succeeded', 'failed')
  order by started_at desc
  limit 1) r on true
left join lateral (
  select count(*) as open, max(first_at) as newest
  from reconciler.dead_letter
  where client_id = c.id and status = 'open') d on true
where c.id in (:clients)
order by c.id
