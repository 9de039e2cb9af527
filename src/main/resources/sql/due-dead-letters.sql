-- The records that stage 1 could not apply at all and that are to be tried again now.
select airtable_record_id
from reconciler.dead_letter
where stage = 'pull' and field = '' and status = 'open' and next_attempt_at <= now()
  and client_id = cast(:#${exchangeProperty.run.client.id} as uuid)
order by next_attempt_at
limit 100
