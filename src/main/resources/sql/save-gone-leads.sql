-- What a sweep changes: the leads of these records become inactive.
insert into reconciler.run_change (run_id, client_id, table_name, airtable_record_id, kind, changes)
select cast(:#${exchangeProperty.run.id} as uuid), client_id, :#${bean:runChanges.table},
  airtable_record_id, 'gone', '{}'
from leads
where client_id = cast(:#${exchangeProperty.run.client.id} as uuid) and is_active
  and airtable_record_id in (select jsonb_array_elements_text(cast(:#${body.recordIds} as jsonb)))
