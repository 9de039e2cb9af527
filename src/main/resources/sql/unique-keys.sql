-- The unique indexes of a table, one JSON value each: their keys as expressions, which rows they are about, and the
-- columns that either needs, with those of them that may be null.
with keyed as (
  select i.*, cast(c.relname as text) as name, cast(t.relname as text) as of_table, cast(n.nspname as text) as of_schema,
    array(
      select cast(a.attname as text) from pg_attribute a
      where a.attrelid = i.indrelid and a.attnum > 0
        and (exists (
            select from unnest(cast(i.indkey as int2[])) with ordinality k(num, place)
            where k.num = a.attnum and k.place <= i.indnkeyatts)
          or exists (
            select from pg_depend d
            where d.classid = cast('pg_class' as regclass) and d.objid = i.indexrelid
              and d.refclassid = cast('pg_class' as regclass) and d.refobjid = i.indrelid
              and d.refobjsubid = a.attnum
              and a.attnum <> all (cast(i.indkey as int2[]))))) as needed
  from pg_index i
  join pg_class c on c.oid = i.indexrelid
  join pg_class t on t.oid = i.indrelid
  join pg_namespace n on n.oid = t.relnamespace
  where i.indrelid = to_regclass(:table) and i.indisunique and i.indisvalid)
select cast(jsonb_build_object(
  'name', name, 'table', of_table, 'schema', of_schema,
  'keys', array(
    select pg_get_indexdef(indexrelid, k, true) from generate_series(1, indnkeyatts) k order by k),
  'predicate', pg_get_expr(indpred, indrelid, true),
  'nullsEqual', coalesce(cast(to_jsonb(keyed) ->> 'indnullsnotdistinct' as boolean), false),
  'columns', needed,
  'nullable', array(
    select cast(a.attname as text) from pg_attribute a
    where a.attrelid = indrelid and a.attname = any (needed) and not a.attnotnull)) as text)
from keyed
order by name
