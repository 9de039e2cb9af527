-- What the two sides of a page's records agree on now, what the portal wrote and was left with, and what PostgreSQL altered.
insert into reconciler.agreed_value as a
  (table_name, airtable_record_id, client_id, agreed, intent, airtable_modified_at, pending, written, seen, altered)
select :#${exchangeProperty.run.table.name}, airtable_record_id, client_id, agreed, intent, airtable_modified_at, pending, written, seen, altered
from jsonb_to_recordset(cast(convert_from(:#${body.agreed}, 'UTF8') as jsonb)) as r(
  airtable_record_id text, client_id uuid, agreed jsonb, intent jsonb,
  airtable_modified_at timestamptz, pending boolean, written jsonb, seen jsonb, altered jsonb)
on conflict (client_id, table_name, airtable_record_id) do update
set agreed = excluded.agreed, intent = excluded.intent,
  airtable_modified_at = excluded.airtable_modified_at, pending = excluded.pending,
  written = excluded.written, seen = excluded.seen, altered = excluded.altered, gone = false
