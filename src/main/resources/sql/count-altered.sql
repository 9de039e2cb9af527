-- Of each column in how many rows a trigger or the column's type altered what was written.
select a.table_name as "table", k.name as "column", count(*) as count
from reconciler.agreed_value a, jsonb_object_keys(a.altered) k (name)
where a.altered <> '{}' group by 1, 2 order by 1, 2
