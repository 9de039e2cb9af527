-- The names that nothing new can have where a new table goes.
select cast(c.relname as text)
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where n.nspname = current_schema()
union
select cast(t.typname as text)
from pg_type t join pg_namespace n on n.oid = t.typnamespace
where n.nspname = current_schema() and t.typtype in ('c', 'd', 'e', 'r', 'b')
