-- The active clients, with the point up to which each is known to be pulled.
select c.airtable_base_id as base, case when w.pulled_until > clock_timestamp() then clock_timestamp() else w.pulled_until end as pulled_until
from clients c
left join lateral (
  select case when bool_and(t.pulled_until is not null) then min(t.pulled_until) end as pulled_until
  from reconciler.watermark t where t.client_id = c.id) w on true
where c.is_active
order by c.airtable_base_id
