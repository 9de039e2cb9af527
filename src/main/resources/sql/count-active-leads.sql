-- How many active leads with a record a client has, for the guard.
select count(*) from leads
where client_id = cast(:#${exchangeProperty.run.client.id} as uuid) and is_active
  and airtable_record_id <> ''
