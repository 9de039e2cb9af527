-- What a run changed, record by record, in its order.
select id, run_id, client_id, table_name, airtable_record_id, kind, cast(changes as text) as changes, at
from reconciler.run_change
where run_id = :run and id > :after
order by id
limit :limit
