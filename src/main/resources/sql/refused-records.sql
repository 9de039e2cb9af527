-- Those of some records of which PostgreSQL refused a value, and that wait for another try.
select distinct airtable_record_id from reconciler.dead_letter
where stage = 'pull' and status = 'open' and jsonb_exists(payload, 'refused')
  and client_id = cast(:#${exchangeProperty.run.client.id} as uuid) and table_name = :#${exchangeProperty.run.table.name}
  and airtable_record_id in (select jsonb_array_elements_text(cast(:#${body.recordIds} as jsonb)))
