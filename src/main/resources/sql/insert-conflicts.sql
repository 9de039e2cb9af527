-- The conflicts of a page, whoever won.
insert into reconciler.conflict
  (id, client_id, run_id, stage, airtable_record_id, field_group, policy, winner,
   agreed, airtable, portal, airtable_modified_at, portal_modified_at)
select gen_random_uuid(), client_id, run_id, stage, airtable_record_id, field_group, policy, winner,
  agreed, airtable, portal, airtable_modified_at, portal_modified_at
from jsonb_to_recordset(cast(:#${body.conflicts} as jsonb)) as r(
  client_id uuid, run_id uuid, stage text, airtable_record_id text, field_group text, policy text,
  winner text, agreed jsonb, airtable jsonb, portal jsonb, airtable_modified_at timestamptz,
  portal_modified_at timestamptz)
