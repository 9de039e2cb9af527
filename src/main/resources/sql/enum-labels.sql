-- The enums that this role can see, by the names that a mapping may have for them, with their labels in order.
select n.nspname as schema, t.typname as name, pg_type_is_visible(t.oid) as visible,
  cast((select coalesce(jsonb_agg(e.enumlabel order by e.enumsortorder), '[]') from pg_enum e
    where e.enumtypid = t.oid) as text) as labels
from pg_type t join pg_namespace n on n.oid = t.typnamespace
where t.typtype = 'e' and n.nspname <> 'reconciler' and n.nspname not like 'pg\_%'
order by pg_type_is_visible(t.oid) desc, n.nspname, t.typname
