-- Closes the dead letters of fields that were gone from Airtable and are back.
update reconciler.dead_letter d
set status = 'closed', closed_at = now(), settled_by = null
where d.stage = 'pull' and d.status <> 'closed' and d.airtable_record_id = '*'
  and d.client_id = cast(:#${exchangeProperty.run.client.id} as uuid)
  and d.table_name = :#${exchangeProperty.run.table.name}
  and d.field not in (select jsonb_array_elements_text(cast(:#${exchangeProperty.run.table.leftOutJson} as jsonb)))
