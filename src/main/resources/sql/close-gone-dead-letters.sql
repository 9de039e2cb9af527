-- Closes what stage 1 could not apply of records that are gone: there is nothing left to apply.
with gone as (
  delete from reconciler.left_record
  where client_id = cast(:#${exchangeProperty.run.client.id} as uuid) and table_name = :#${exchangeProperty.run.table.name}
    and airtable_record_id in (select jsonb_array_elements_text(cast(:#${body.recordIds} as jsonb))))
update reconciler.dead_letter
set status = 'closed', closed_at = now(), settled_by = 'the record is gone from Airtable'
where stage = 'pull' and status <> 'closed'
  and client_id = cast(:#${exchangeProperty.run.client.id} as uuid) and table_name = :#${exchangeProperty.run.table.name}
  and airtable_record_id in (select jsonb_array_elements_text(cast(:#${body.recordIds} as jsonb)))
