-- A record that could not be applied because of somebody's transaction, for the next run.
insert into reconciler.left_record (client_id, table_name, airtable_record_id)
values (cast(:#${exchangeProperty.run.client.id} as uuid), :#${exchangeProperty.run.table.name}, :#${exchangeProperty.refused.recordId})
on conflict do nothing
