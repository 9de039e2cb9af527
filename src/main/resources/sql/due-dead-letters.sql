-- The records to be tried again now: those that the run before had to leave, those that stage 1 could
-- not apply at all, and those of which PostgreSQL refused a value.
select airtable_record_id from (
  select airtable_record_id, since as due from reconciler.left_record
  where client_id = cast(:#${exchangeProperty.run.client.id} as uuid)
  union all
  select airtable_record_id, min(next_attempt_at)
  from reconciler.dead_letter
  where stage = 'pull' and status = 'open' and next_attempt_at <= now()
    and (field = '' or jsonb_exists(payload, 'refused'))
    and client_id = cast(:#${exchangeProperty.run.client.id} as uuid)
  group by airtable_record_id) records
group by airtable_record_id
order by min(due)
limit 100
