-- The columns of a table, with the type below any domain, and what this user may do with each.
with recursive col as (
  select a.attnum, a.attname, a.attrelid, a.attnotnull, a.atthasdef, a.attgenerated, a.attidentity,
    a.atttypid as type, a.atttypmod as modifier
  from pg_attribute a
  where a.attrelid = to_regclass(:table) and a.attnum > 0 and not a.attisdropped
  union all
  select c.attnum, c.attname, c.attrelid, c.attnotnull or d.typnotnull,
    c.atthasdef or d.typdefault is not null, c.attgenerated, c.attidentity, d.typbasetype, d.typtypmod
  from col c join pg_type d on d.oid = c.type and d.typtype = 'd')
select cast(col.attname as text) as name, quote_ident(col.attname) as identifier,
  cast(t.typname as text) as type, format_type(col.type, col.modifier) as described, col.modifier,
  case t.typtype when 'e' then n.nspname || '.' || t.typname else '' end as enum_name, col.attnotnull as not_null, col.atthasdef as has_default,
  col.attgenerated <> '' as generated, cast(col.attidentity as text) as identity,
  has_column_privilege(col.attrelid, col.attnum, 'select') as may_select,
  has_column_privilege(col.attrelid, col.attnum, 'insert') as may_insert,
  has_column_privilege(col.attrelid, col.attnum, 'update') as may_update
from col join pg_type t on t.oid = col.type and t.typtype <> 'd' join pg_namespace n on n.oid = t.typnamespace
order by col.attnum
