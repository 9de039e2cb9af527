-- Closes what stage 1 could not apply before and has applied now, and lets what stage 2 could not send of the same records be
-- tried again at once: Airtable's side has changed. Of a field that is gone, or was not read, nothing is
-- applied, and what Airtable's value has replaced is no more there to be applied. Each list is made once, so that the letters are found by their index.
with page as materialized (
  select array(select jsonb_array_elements_text(cast(:#${body.recordIds} as jsonb))) as ids),
back as (
  delete from reconciler.left_record
  where client_id = cast(:#${body.clientId} as uuid) and table_name = :#${exchangeProperty.run.table.name}
    and airtable_record_id = any (cast((select ids from page) as text[]))
    and cast(:#${body.onlyColumns} as jsonb) is null),
closed as (
  update reconciler.dead_letter d
  set status = 'closed', closed_at = now(), settled_by = null
  where d.stage = 'pull' and d.status <> 'closed'
    and d.client_id = cast(:#${body.clientId} as uuid) and d.table_name = :#${exchangeProperty.run.table.name}
    and d.airtable_record_id = any (cast((select ids from page) as text[]))
    and not jsonb_exists(d.payload, 'replaced')
    and d.field not in (select jsonb_array_elements_text(cast(:#${exchangeProperty.run.table.leftOutJson} as jsonb)))
    and (cast(:#${body.onlyColumns} as jsonb) is null
      or d.field in (select jsonb_array_elements_text(cast(:#${body.onlyColumns} as jsonb))))
    and (d.airtable_record_id, d.field) not in (
      select airtable_record_id, field
      from jsonb_to_recordset(cast(:#${body.deadLetters} as jsonb)) as bad(
        airtable_record_id text, field text))
  returning d.airtable_record_id)
update reconciler.dead_letter d
set next_attempt_at = now()
where d.stage = 'push' and d.status = 'open' and d.next_attempt_at > now()
  and d.client_id = cast(:#${body.clientId} as uuid) and d.table_name = :#${exchangeProperty.run.table.name}
  and d.airtable_record_id in (select airtable_record_id from closed)
