-- A refused push is tried again at once when Airtable's side has changed.
update reconciler.dead_letter
set next_attempt_at = now(), status = 'open', settled_by = null
where stage = 'push' and status <> 'closed'
  and client_id = cast(:#${body.clientId} as uuid) and table_name = :#${exchangeProperty.run.table.name}
  and airtable_record_id = any (array(select jsonb_array_elements_text(cast(:#${body.changedIds} as jsonb))))
