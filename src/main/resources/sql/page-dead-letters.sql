-- The latest open dead letters, for the page.
select id, to_char(last_at at time zone 'utc', 'YYYY-MM-DD HH24:MI:SS') as last, stage,
  airtable_record_id as record, field, left(reason, 300) as reason, attempts
from reconciler.dead_letter
where status = 'open'
order by last_at desc
limit 20
