-- The clients to reconcile: all active ones, or the one with this base; and whether each was ever fully loaded.
select cast(to_jsonb(client) as text) as client
from (
  select c.id, c.company_name, c.email, c.airtable_base_id, c.is_active,
    w.pulled_until is not null as loaded
  from clients c
  left join reconciler.watermark w on w.client_id = c.id
  where c.is_active
    and (cast(:#${body.client} as text) is null or c.airtable_base_id = cast(:#${body.client} as text))
  order by c.airtable_base_id) client
