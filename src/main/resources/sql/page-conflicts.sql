-- The latest open conflicts, for the page.
select id, to_char(detected_at at time zone 'utc', 'YYYY-MM-DD HH24:MI:SS') as detected,
  airtable_record_id as record, field_group, policy, winner,
  left(cast(airtable as text), 200) as airtable, left(cast(portal as text), 200) as portal
from reconciler.conflict
where status = 'open'
order by detected_at desc
limit 20
