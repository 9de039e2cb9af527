-- What may refuse a row of a table: its foreign keys, unique and check constraints, and unique indexes.
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
order by 1
