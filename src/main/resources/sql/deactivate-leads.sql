-- Marks the leads whose record is gone; none is ever deleted.
update leads set is_active = false
where client_id = cast(:#${exchangeProperty.run.client.id} as uuid) and is_active
  and airtable_record_id in (select jsonb_array_elements_text(cast(:#${body} as jsonb)))
