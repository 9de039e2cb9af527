-- A page of the clients, by base, with what their runs came to.
select cast(json_build_object(
    'id', c.id, 'companyName', c.company_name, 'email', c.email,
    'airtableBaseId', c.airtable_base_id, 'isActive', c.is_active,
    'pulledUntil', reconciler.iso_time(w.pulled_until),
    'lastRunAt', reconciler.iso_time(r.started_at), 'lastRunOutcome', r.outcome) as text)
from clients c
left join lateral (
  select case when bool_and(t.pulled_until is not null) then min(t.pulled_until) end as pulled_until
  from reconciler.watermark t where t.client_id = c.id) w on true
left join lateral (
  select started_at, outcome from reconciler.run
  where client_id = c.id order by started_at desc limit 1) r on true
where c.airtable_base_id > :after
order by c.airtable_base_id
limit :limit
