-- Closes what stage 1 could not apply before and has applied now; of a field that
-- is gone, or was not read, nothing is applied.
with back as (
  delete from reconciler.left_record
  where client_id = cast(:#${body.clientId} as uuid)
    and airtable_record_id in (select jsonb_array_elements_text(cast(:#${body.recordIds} as jsonb)))
    and cast(:#${body.onlyColumns} as jsonb) is null)
update reconciler.dead_letter d
set status = 'closed', closed_at = now(), settled_by = null
where d.stage = 'pull' and d.status <> 'closed'
  and d.client_id = cast(:#${body.clientId} as uuid)
  and d.airtable_record_id in (select jsonb_array_elements_text(cast(:#${body.recordIds} as jsonb)))
  and d.field not in (select jsonb_array_elements_text(cast(:#${exchangeProperty.run.leftOutJson} as jsonb)))
  and (cast(:#${body.onlyColumns} as jsonb) is null
    or d.field in (select jsonb_array_elements_text(cast(:#${body.onlyColumns} as jsonb))))
  and not exists (
    select from jsonb_to_recordset(cast(:#${body.deadLetters} as jsonb)) as bad(
      airtable_record_id text, field text)
    where bad.airtable_record_id = d.airtable_record_id and bad.field = d.field)
