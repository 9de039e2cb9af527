-- The tables that this role can see, those on its search path without their schema.
select case when pg_table_is_visible(c.oid) then c.relname else n.nspname || '.' || c.relname end
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'p') and not c.relispartition
  and n.nspname not in ('information_schema', 'reconciler') and n.nspname not like 'pg\_%'
  and has_schema_privilege(n.oid, 'usage')
order by pg_table_is_visible(c.oid) desc, n.nspname, c.relname
limit 1000
