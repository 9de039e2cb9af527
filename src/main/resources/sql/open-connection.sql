-- Sets a new connection up: the portal's schema is searched first and the engine's own never, whatever the role is called.
do $body$
declare
  asked constant text := '${asked}';
  present constant text[] := array_remove(current_schemas(false), 'reconciler');
  portal text;
  path text;
  rest text;
  setting text[];
  said text[];
begin
  -- Each of these is a look at one name: reading the catalogs would cost a new connection several times as much.
  if has_schema_privilege(to_regnamespace('reconciler'), 'usage') then
    if has_table_privilege(to_regclass('reconciler.portal'), 'select') then
      select schema_name into portal from reconciler.portal;
    end if;
  end if;
  if portal is null and asked <> '' then
    portal := asked;
  end if;
  if portal is null then
    select n.nspname into portal
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = any (present) and c.relname in ('leads', 'clients') and c.relkind in ('r', 'p', 'v', 'm', 'f')
    order by c.relname = 'leads' desc, array_position(present, cast(n.nspname as text))
    limit 1;
  end if;
  if portal is null then
    portal := present[1];
  end if;
  path := quote_ident(portal);
  -- The rest of the path stays, for the portal's triggers and operators; not behind a schema that is not there.
  if has_schema_privilege(to_regnamespace(path), 'usage') then
    foreach rest in array array_remove(present, portal) loop
      path := path || ', ' || quote_ident(rest);
    end loop;
  elsif portal is null and 'reconciler' = any (current_schemas(false)) then
    path := '""';
  end if;
  if path is not null then
    perform set_config('search_path', path, false);
  end if;
  -- A plan that is kept was made for tables as they were: an empty one grows in its first run. A page sets it anew.
  perform set_config('plan_cache_mode', 'force_custom_plan', false);
  -- A process that stands still in a transaction must not hold up the others.
  perform set_config('idle_in_transaction_session_timeout', '10s', false);
  -- What the role or the database is set to for others must neither cut our statements short nor let them go on after
  -- nobody listens any more; what DATABASE_URL says itself stays. A page locks first and then reads what is true. A table
  -- that somebody has locked is told of soon. Ours are many short statements: compiling one takes longer than it runs.
  if ${options} then
    select array_agg(name) into said from pg_settings where source = 'client';
  end if;
  foreach setting slice 1 in array array[['statement_timeout', '${statement}ms'], ['lock_timeout', '${lock}ms'],
      ['transaction_timeout', '10min'], ['default_transaction_isolation', 'read committed'],
      ['jit', 'off']] loop
    -- Older servers do not know each of them.
    if current_setting(setting[1], true) is not null and array_position(said, setting[1]) is null then
      perform set_config(setting[1], setting[2], false);
    end if;
  end loop;
end
$body$
