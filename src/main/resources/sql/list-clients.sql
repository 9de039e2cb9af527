-- All clients, with what their runs came to.
select cast(to_jsonb(row) as text)
from (
  select c.id, c.company_name, c.email, c.airtable_base_id, c.is_active,
    w.pulled_until, r.started_at as last_run_at, r.outcome as last_run_outcome
  from clients c
  left join lateral (
  select case when bool_and(t.pulled_until is not null) then min(t.pulled_until) end as pulled_until
  from reconciler.watermark t where t.client_id = c.id) w on true
  left join lateral (
    select started_at, outcome from reconciler.run
    where client_id = c.id order by started_at desc limit 1) r on true
  order by c.company_name, c.airtable_base_id) row
