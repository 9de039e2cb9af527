-- An operator wants this value, whatever lines it lacks: nobody decides about it again. Where nothing is agreed on yet,
-- what Airtable holds is, so that the value is an edit of it.
update reconciler.agreed_value
set agreed = jsonb_build_object(cast(:#${body.group} as text), cast(:#${body.present} as jsonb)) || agreed,
  seen = seen || jsonb_build_object(cast(:#${body.group} as text), cast(:#${body.value} as jsonb))
where client_id = cast(:#${exchangeProperty.run.client.id} as uuid) and table_name = :#${exchangeProperty.run.table.name}
  and airtable_record_id in (select jsonb_array_elements_text(cast(:#${body.recordIds} as jsonb)))
