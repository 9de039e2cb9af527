-- The conflicts of a page, whoever won; those in which nothing was lost are settled with it.
insert into reconciler.conflict
  (id, table_name, client_id, run_id, stage, airtable_record_id, field_group, policy, winner,
   agreed, airtable, portal, airtable_modified_at, portal_modified_at, status, settled_by,
   settled_at)
select gen_random_uuid(), :#${exchangeProperty.run.table.name}, client_id, run_id, stage, airtable_record_id, field_group, policy, winner,
  agreed, airtable, portal, airtable_modified_at, portal_modified_at, status, settled_by,
  case when settled_by is not null then now() end
from jsonb_to_recordset(cast(:#${body.conflicts} as jsonb)) as r(
  client_id uuid, run_id uuid, stage text, airtable_record_id text, field_group text, policy text,
  winner text, agreed jsonb, airtable jsonb, portal jsonb, airtable_modified_at timestamptz,
  portal_modified_at timestamptz, status text, settled_by text)
