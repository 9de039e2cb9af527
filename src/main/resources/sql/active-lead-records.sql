-- The records of a client's active leads; a lead without one is not linked.
select airtable_record_id from leads
where client_id = cast(:#${exchangeProperty.run.client.id} as uuid) and is_active
  and airtable_record_id <> ''
