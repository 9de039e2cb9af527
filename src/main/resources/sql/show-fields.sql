-- What Airtable's metadata said last of a table's fields.
select distinct on (f.column_name) cast(to_jsonb(f) as text)
from reconciler.field f
join reconciler.airtable_table t on t.base_id = f.base_id and t.reference = f.table_reference
where f.table_reference = :table
order by f.column_name, t.asked_at desc
