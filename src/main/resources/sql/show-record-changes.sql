-- What runs changed of a record, the newest first.
select id, run_id, table_name, airtable_record_id, kind, cast(changes as text) as changes, at
from reconciler.run_change
where airtable_record_id = :record and table_name = :table
order by id desc
limit :limit
