-- The tables that this role can see, those on its search path first, with their columns and unique indexes.
select cast(n.nspname as text) as schema, cast(c.relname as text) as name, pg_table_is_visible(c.oid) as visible,
  c.relkind = 'p' as parted,
  coalesce((
    select cast(jsonb_agg(jsonb_build_object(
        'name', a.attname,
        'type', case t.typtype when 'd' then format_type(t.typbasetype, t.typtypmod)
          else format_type(a.atttypid, a.atttypmod) end,
        'labels', (select coalesce(jsonb_agg(e.enumlabel order by e.enumsortorder), '[]') from pg_enum e
          where e.enumtypid in (t.oid, t.typelem, t.typbasetype,
            (select b.typelem from pg_type b where b.oid = t.typbasetype))),
        'not_null', a.attnotnull or t.typnotnull,
        'filled', a.atthasdef or a.attidentity <> '' or t.typdefault is not null,
        'settable', a.attgenerated = '' and a.attidentity <> 'a') order by a.attnum) as text)
    from pg_attribute a join pg_type t on t.oid = a.atttypid
    where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped), '[]') as columns,
  coalesce((
    select cast(jsonb_agg((
        select jsonb_agg(a.attname order by k.place)
        from unnest(i.indkey) with ordinality k (attnum, place)
        join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum
        where k.place <= i.indnkeyatts) order by i.indisprimary desc, i.indexrelid) as text)
    from pg_index i
    where i.indrelid = c.oid and i.indisunique and i.indisvalid and i.indimmediate
      and i.indpred is null and i.indexprs is null), '[]')
    as uniques
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'p') and not c.relispartition
  and n.nspname not in ('information_schema', 'reconciler') and n.nspname not like 'pg\_%'
  and has_schema_privilege(n.oid, 'usage')
order by pg_table_is_visible(c.oid) desc, n.nspname, c.relname
