-- What runs changed of a record, the newest first.
select id, run_id, client_id, table_name, airtable_record_id, kind, cast(changes as text) as changes, at
from reconciler.run_change
where airtable_record_id = :record and table_name = :table
  and (cast(:client as uuid) is null or client_id = cast(:client as uuid))
order by id desc
limit :limit
