-- The columns whose fields are known to be gone from a client's Airtable.
select field from reconciler.dead_letter
where stage = 'pull' and status <> 'closed' and airtable_record_id = '*'
  and client_id = cast(:#${exchangeProperty.run.client.id} as uuid)
