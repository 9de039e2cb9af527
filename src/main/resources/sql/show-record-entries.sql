-- The conflicts and dead letters of a record, the newest first.
select 'conflict' as ledger, id, detected_at as at, field_group as about, status,
  case winner when 'airtable' then 'Airtable''s value stood' when 'portal' then 'the portal''s value stood' else 'both were kept' end as text
from reconciler.conflict
where airtable_record_id = :record and table_name = :table
  and (cast(:client as uuid) is null or client_id = cast(:client as uuid))
union all
select 'dead letter', id, last_at, field, status, reason
from reconciler.dead_letter
where airtable_record_id = :record and table_name = :table
  and (cast(:client as uuid) is null or client_id = cast(:client as uuid))
order by at desc
limit 30
