-- The portal's tables: where each is or would be made, whether it is there, and which other schemas have one of its name.
select w.label as name, quote_ident(w.schema) || '.' || quote_ident(w.name) as place,
  exists (
    select from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = w.schema and c.relname = w.name) as present,
  coalesce((
    select string_agg(quote_ident(n.nspname), ', ' order by n.nspname)
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relname = w.name and c.relkind in ('r', 'p') and n.nspname <> w.schema
      and n.nspname not in ('reconciler', 'information_schema') and n.nspname not like 'pg\_%'), '') as elsewhere,
  exists (
    select from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'reconciler' and c.relname = w.name) as shadowed
from (values
  (1, 'clients', 'clients', current_schema()),
  (2, 'leads', 'leads', current_schema()),
  (3, 'users', :users, coalesce(cast(:users_schema as text), current_schema()))) w (place, label, name, schema)
where current_schema() is not null
order by w.place
