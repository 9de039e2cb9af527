-- The columns of a table, with the type below any domain, an array's elements too, and what this user may do with each.
with recursive col as (
  select a.attnum, a.attname, a.attrelid, a.attnotnull, a.atthasdef, a.attgenerated, a.attidentity,
    a.atttypid as type, a.atttypmod as modifier, cast(null as text) as array_type
  from pg_attribute a
  where a.attrelid = to_regclass(:table) and a.attnum > 0 and not a.attisdropped
  union all
  select c.attnum, c.attname, c.attrelid,
    c.attnotnull or d.typtype = 'd' and d.typnotnull and c.array_type is null,
    c.atthasdef or d.typdefault is not null and c.array_type is null, c.attgenerated, c.attidentity,
    case d.typtype when 'd' then d.typbasetype else d.typelem end,
    case d.typtype when 'd' then d.typtypmod else c.modifier end,
    case d.typtype when 'd' then c.array_type else format_type(c.type, c.modifier) end
  from col c join pg_type d on d.oid = c.type
  where d.typtype = 'd' or d.typcategory = 'A' and d.typelem <> 0 and c.array_type is null)
select cast(col.attname as text) as name, quote_ident(col.attname) as identifier,
  case when array_type is null then '' else '_' end || t.typname as type,
  coalesce(array_type, format_type(col.type, col.modifier)) as described, col.modifier,
  array_type is not null as list,
  case t.typtype when 'e' then n.nspname || '.' || t.typname else '' end as enum_name, col.attnotnull as not_null, col.atthasdef as has_default,
  col.attgenerated <> '' as generated, cast(col.attidentity as text) as identity,
  has_column_privilege(col.attrelid, col.attnum, 'select') as may_select,
  has_column_privilege(col.attrelid, col.attnum, 'insert') as may_insert,
  has_column_privilege(col.attrelid, col.attnum, 'update') as may_update
from col join pg_type t on t.oid = col.type and t.typtype <> 'd' join pg_namespace n on n.oid = t.typnamespace
where t.typcategory <> 'A' or t.typelem = 0 or array_type is not null
order by col.attnum
