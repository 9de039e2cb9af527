-- Sets a new connection up: the portal's schema is searched first and the engine's own never, whatever the role is called.
do $body$
declare
  asked constant text := '${asked}';
  present constant name[] := array_remove(current_schemas(false), 'reconciler');
  portal text;
begin
  if exists (
    select from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'reconciler' and c.relname = 'portal'
      and has_schema_privilege(n.oid, 'usage') and has_table_privilege(c.oid, 'select')) then
    execute 'select schema_name from reconciler.portal' into portal;
  end if;
  if portal is null and asked <> '' then
    portal := asked;
  end if;
  if portal is null then
    select n.nspname into portal
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = any (present) and c.relname in ('leads', 'clients') and c.relkind in ('r', 'p', 'v', 'm', 'f')
    order by c.relname = 'leads' desc, array_position(present, n.nspname)
    limit 1;
  end if;
  if portal is null then
    portal := present[1];
  end if;
  -- The rest of the path stays, for the portal's triggers and operators; not behind a schema that is not there.
  if exists (select from pg_namespace where nspname = portal and has_schema_privilege(oid, 'usage')) then
    perform set_config('search_path', (
      select string_agg(quote_ident(schema), ', ' order by place)
      from unnest(array[portal] || array_remove(cast(present as text[]), portal)) with ordinality p (schema, place)), false);
  elsif portal is not null then
    perform set_config('search_path', quote_ident(portal), false);
  elsif 'reconciler' = any (current_schemas(false)) then
    perform set_config('search_path', '""', false);
  end if;
  -- A plan that is kept was made for tables as they were: an empty one grows in its first run. A page sets it anew.
  perform set_config('plan_cache_mode', 'force_custom_plan', false);
  -- What the role or the database is set to for others must neither cut our statements short nor let them go on after
  -- nobody listens any more; what DATABASE_URL says itself stays. A page locks first and then reads what is true. A table
  -- that somebody has locked is told of soon.
  perform set_config(s.name, s.setting, false)
  from (values ('statement_timeout', '${statement}ms'), ('lock_timeout', '${lock}ms'), ('transaction_timeout', '10min'),
      ('default_transaction_isolation', 'read committed')) s (name, setting)
  join pg_settings p using (name) where p.source <> 'client';
  -- A process that stands still in a transaction must not hold up the others.
  perform set_config('idle_in_transaction_session_timeout', '10s', false);
end
$body$
