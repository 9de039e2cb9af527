-- Closes what stage 2 could not send before and what both sides agree on now.
update reconciler.dead_letter d
set status = 'closed', closed_at = now(), settled_by = null
from jsonb_to_recordset(cast(:#${body.agreedGroups} as jsonb)) as settled(
  airtable_record_id text, field text)
where d.stage = 'push' and d.status <> 'closed'
  and d.client_id = cast(:#${body.clientId} as uuid) and d.table_name = :#${exchangeProperty.run.table.name}
  and d.airtable_record_id = settled.airtable_record_id and d.field = settled.field
