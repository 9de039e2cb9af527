-- One dead letter with its client, and whether its lead is active.
select cast(json_build_object(
    'id', d.id, 'table', d.table_name, 'recordId', d.airtable_record_id, 'stage', d.stage, 'field', d.field,
    'reason', d.reason, 'attempts', d.attempts, 'status', d.status, 'replaced', jsonb_exists(d.payload, 'replaced'),
    'closedAt', reconciler.iso_time(d.closed_at), 'settledBy', d.settled_by,
    'leadActive', exists (
      select from ${rows} l
      where l.airtable_record_id = d.airtable_record_id and l.client_id = d.client_id
        and l.table_name = d.table_name and l.active),
    'client', (select to_jsonb(k) from clients k where k.id = d.client_id))
  as text)
from reconciler.dead_letter d
where d.id = :id
