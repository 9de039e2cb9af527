-- What Airtable refused was never applied: it is no intent any more.
update reconciler.agreed_value a set intent = a.intent - refused.field
from jsonb_to_recordset(cast(:#${body.deadLetters} as jsonb)) as refused(
  airtable_record_id text, field text)
where a.client_id = cast(:#${exchangeProperty.run.client.id} as uuid) and a.table_name = :#${exchangeProperty.run.table.name}
  and a.airtable_record_id = refused.airtable_record_id
