-- The records to be tried again now: those that the run before had to leave, those that stage 1 could
-- not apply at all, those of which PostgreSQL refused a value, and those that were gone and may be back.
select airtable_record_id from (
  select airtable_record_id, since as due from reconciler.left_record
  where client_id = cast(:#${exchangeProperty.run.client.id} as uuid)
  union all
  select airtable_record_id, min(next_attempt_at)
  from reconciler.dead_letter d
  where status = 'open' and next_attempt_at <= now()
    and client_id = cast(:#${exchangeProperty.run.client.id} as uuid)
    and (stage = 'pull' and (field = '' or jsonb_exists(payload, 'refused'))
      or stage = 'push' and field = '' and not exists (
        select from leads l
        where l.airtable_record_id = d.airtable_record_id and l.client_id = d.client_id and l.is_active))
  group by airtable_record_id) records
group by airtable_record_id
order by min(due)
limit 100
