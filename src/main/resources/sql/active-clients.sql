-- The clients to reconcile: all active ones, or the one with this base; and which tables of each were ever fully loaded.
select cast(to_jsonb(client) as text) as client
from (
  select c.id, c.company_name, c.email, c.airtable_base_id, c.is_active,
    (select coalesce(jsonb_agg(w.table_name), '[]') from reconciler.watermark w
      where w.client_id = c.id and w.pulled_until is not null) as loaded
  from clients c
  where c.is_active
    and (cast(:#${body.client} as text) is null or c.airtable_base_id = cast(:#${body.client} as text))
  order by c.airtable_base_id) client
