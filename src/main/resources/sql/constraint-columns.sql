-- The columns of a mapped table that a refused write is about: those of the constraint or index that it names (a
-- name alone says little, other tables may use it too), or those whose type is the domain that it names.
with named as (
  select c.oid from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relname = :table and n.nspname = :schema),
ours as (
  select oid from named
  where oid = to_regclass(:ours) or pg_partition_root(oid) = to_regclass(:ours)),
found as (
  select oid, 'pg_constraint' as kind, conrelid as rel, conkey as keys from pg_constraint
  where conname = :constraint and conrelid in (select oid from ours)
  union all
  select oid, 'referred', confrelid, confkey from pg_constraint
  where conname = :constraint and conrelid in (select oid from named)
    and confrelid = to_regclass(:ours)
  union all
  select i.indexrelid, 'pg_class', i.indrelid, string_to_array(cast(i.indkey as text), ' ')::int2[]
  from pg_index i join pg_class c on c.oid = i.indexrelid
  where c.relname = :constraint and i.indrelid in (select oid from ours))
select distinct cast(a.attname as text) from pg_attribute a
where a.attrelid in (select oid from ours union select to_regclass(:ours))
  and a.attnum > 0 and not a.attisdropped
  and (exists (select from found f where f.rel = a.attrelid and a.attnum = any (f.keys))
    -- an expression's columns
    or exists (select from found f join pg_depend d on d.objid = f.oid
      where cast(d.classid as regclass)::text = f.kind and f.rel = a.attrelid
        and d.refclassid = cast('pg_class' as regclass) and d.refobjid = a.attrelid
        and d.refobjsubid = a.attnum)
    or (a.attname = :column and a.attrelid in (select oid from ours))
    or a.atttypid in (select t.oid from pg_type t join pg_namespace n on n.oid = t.typnamespace
      where t.typname = :dataType and n.nspname = :schema and t.typtype = 'd'))
