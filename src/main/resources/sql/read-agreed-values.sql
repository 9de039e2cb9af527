-- What is agreed on the records of a page, one JSON value each. The list is made once, so that the index is used.
select cast(to_jsonb(agreed_value) as text) as agreed_value
from reconciler.agreed_value
where client_id = cast(:#${exchangeProperty.run.client.id} as uuid) and table_name = :#${exchangeProperty.run.table.name}
  and airtable_record_id = any (array(select jsonb_array_elements_text(cast(:#${body.recordIds} as jsonb))))
