-- How many leads of a client have no record in Airtable; the engine leaves them alone.
select count(*) from leads
where client_id = cast(:#${exchangeProperty.run.client.id} as uuid)
  and (airtable_record_id is null or airtable_record_id = '')
