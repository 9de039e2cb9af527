-- What waits in the dead letters of these records: a column, a field group, or all of a record.
select cast(jsonb_build_object('record', airtable_record_id, 'field', field) as text) as letter
from reconciler.dead_letter
where status <> 'closed' and client_id = cast(:#${exchangeProperty.run.client.id} as uuid)
  and table_name = :#${exchangeProperty.run.table.name}
  and airtable_record_id in (select jsonb_array_elements_text(cast(:#${body.recordIds} as jsonb)))
