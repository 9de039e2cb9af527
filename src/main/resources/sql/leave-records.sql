-- Records that could not be applied because of somebody's transaction, or not be read: for the next run.
insert into reconciler.left_record (client_id, table_name, airtable_record_id)
select cast(:#${exchangeProperty.run.client.id} as uuid), :#${exchangeProperty.run.table.name}, record
from jsonb_array_elements_text(cast(:#${body.recordIds} as jsonb)) as record
on conflict do nothing
