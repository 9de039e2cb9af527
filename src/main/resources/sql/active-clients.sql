-- The clients to reconcile: all active ones, or the one with this base.
select cast(to_jsonb(client) as text) as client
from (
  select id, company_name, email, airtable_base_id, is_active
  from clients
  where is_active
    and (cast(:#${body.client} as text) is null or airtable_base_id = cast(:#${body.client} as text))
  order by airtable_base_id) client
