-- Of a field whose type is another one now, what was refused is tried again at once: by its group on the way to Airtable, where
-- an option that the field has got wakes the values that wanted it, too; on the
-- way to PostgreSQL the records whose cell could not be applied are read again.
with unread as (
  insert into reconciler.left_record (client_id, table_name, airtable_record_id, since)
  select distinct d.client_id, d.table_name, d.airtable_record_id, now()
  from reconciler.dead_letter d
  where d.stage = 'pull' and d.status = 'open' and d.airtable_record_id <> '*'
    and d.client_id = cast(:#${exchangeProperty.run.client.id} as uuid) and d.table_name = :#${exchangeProperty.run.table.name}
    and d.field in (select jsonb_array_elements_text(cast(:#${exchangeProperty.run.table.fields.changes.retypedJson} as jsonb)))
  on conflict do nothing)
update reconciler.dead_letter
set next_attempt_at = now()
where stage = 'push' and status = 'open' and next_attempt_at > now()
  and client_id = cast(:#${exchangeProperty.run.client.id} as uuid) and table_name = :#${exchangeProperty.run.table.name}
  and (field in (select jsonb_array_elements_text(cast(:#${exchangeProperty.run.table.fields.changes.retypedGroupsJson} as jsonb)))
    or field <> '' and exists (
      select from jsonb_each(cast(:#${exchangeProperty.run.table.fields.changes.gainedJson} as jsonb)) gained
      where jsonb_exists_any(payload -> gained.key, array(select jsonb_array_elements_text(gained.value)))))
