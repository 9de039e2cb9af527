-- The portal's tables: where each is or would be made, whether it is there, and which other schemas have one of its name.
select w.name, quote_ident(p.schema) || '.' || quote_ident(w.name) as place,
  exists (
    select from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = p.schema and c.relname = w.name) as present,
  coalesce((
    select string_agg(quote_ident(n.nspname), ', ' order by n.nspname)
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relname = w.name and c.relkind in ('r', 'p') and n.nspname <> p.schema
      and n.nspname not in ('reconciler', 'information_schema') and n.nspname not like 'pg\_%'), '') as elsewhere,
  exists (
    select from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'reconciler' and c.relname = w.name) as shadowed
from (values (current_schema())) p (schema),
  (values (1, 'clients'), (2, 'leads'), (3, 'users')) w (place, name)
where p.schema is not null
order by w.place
