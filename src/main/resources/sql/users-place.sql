-- The statement that is missing before a table can be made in the schema of the users; empty when none is.
select case
  when n.oid is null and s.name = 'reconciler' then ''
  when n.oid is null then format('create schema %I authorization %I', s.name, current_user)
  when not has_schema_privilege(n.oid, 'create') then format('grant usage, create on schema %I to %I', s.name, current_user)
  else '' end
from (values (coalesce(cast(:schema as text), current_schema()))) s (name)
left join pg_namespace n on n.nspname = s.name
