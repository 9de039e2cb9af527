-- The open dead letters of active clients, all or these, each with its client, record by record.
select cast(json_build_object(
    'id', d.id, 'table', d.table_name, 'recordId', d.airtable_record_id, 'stage', d.stage, 'field', d.field,
    'reason', d.reason, 'attempts', d.attempts, 'status', d.status, 'replaced', jsonb_exists(d.payload, 'replaced'),
    'leadActive', exists (
      select from ${rows} l
      where l.airtable_record_id = d.airtable_record_id and l.client_id = d.client_id
        and l.table_name = d.table_name and l.active),
    'client', to_jsonb(k))
  as text)
from reconciler.dead_letter d
join clients k on k.id = d.client_id and k.is_active
where d.status = 'open'
  and (cast(:ids as jsonb) is null
    or d.id in (select cast(jsonb_array_elements_text(cast(:ids as jsonb)) as uuid)))
order by d.client_id, d.table_name, d.airtable_record_id, d.stage, d.field
