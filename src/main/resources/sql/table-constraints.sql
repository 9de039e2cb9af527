-- What may refuse a row of a table: its foreign keys, unique and check constraints, unique indexes, and the checks of
-- the domains that its columns are of.
with recursive typed as (
  select a.attname, a.atttypid as type from pg_attribute a
  where a.attrelid = to_regclass(:table) and a.attnum > 0 and not a.attisdropped
  union all
  select c.attname, d.typbasetype from typed c join pg_type d on d.oid = c.type and d.typtype = 'd')
select cast(k.conname as text) as name, pg_get_constraintdef(k.oid) as definition,
  coalesce((select string_agg(a.attname, ',' order by a.attnum) from pg_attribute a
    where a.attrelid = k.conrelid and a.attnum = any (k.conkey)), '') as columns
from pg_constraint k
where k.conrelid = to_regclass(:table) and k.contype in ('f', 'u', 'c', 'x')
union all
select cast(c.relname as text), regexp_replace(pg_get_indexdef(i.indexrelid), '^.* USING ', 'UNIQUE '),
  coalesce((select string_agg(distinct a.attname, ',') from pg_attribute a
    join pg_depend d on d.objid = i.indexrelid and d.classid = cast('pg_class' as regclass)
      and d.refobjid = a.attrelid and d.refobjsubid = a.attnum
    where a.attrelid = i.indrelid), '')
from pg_index i join pg_class c on c.oid = i.indexrelid
where i.indrelid = to_regclass(:table) and i.indisunique and not i.indisprimary
  and not exists (select from pg_constraint k where k.conindid = i.indexrelid)
union all
select cast(k.conname as text), pg_get_constraintdef(k.oid) || ' of the domain ' || format_type(k.contypid, null),
  string_agg(typed.attname, ',')
from typed join pg_constraint k on k.contypid = typed.type and k.contype = 'c'
group by k.oid, k.conname, k.contypid
order by 1
