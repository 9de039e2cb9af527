-- The type of a table's key, as PostgreSQL calls it.
select t.typname
from pg_attribute a join pg_type t on t.oid = a.atttypid
where a.attrelid = to_regclass(:table) and a.attname = :key and not a.attisdropped
