-- The schema of the portal's tables, found at the first start and kept from then on.
create table reconciler.portal (
  schema_name text not null,
  single boolean primary key default true check (single)
);
insert into reconciler.portal (schema_name) values (${portal_literal});

-- Makes a table of users where there is none under this name, for a portal that has none of its own.
create function reconciler.make_users(schema_name text, table_name text) returns void
language plpgsql
as $body$
begin
  if exists (
    select from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = schema_name and c.relname = table_name) then
    return;
  end if;
  execute format($ddl$
    create table %I.%I (
      id uuid primary key,
      email varchar(255) not null,
      password_hash varchar(255) not null,
      role varchar(20) not null check (role in ('SUPER_ADMIN', 'CLIENT_ADMIN', 'CLIENT_USER')),
      client_id uuid,
      is_active boolean not null default true,
      first_name varchar(255),
      last_name varchar(255),
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now()
    )$ddl$, schema_name, table_name);
  execute format('create unique index %I on %I.%I (lower(email))',
    'idx_' || table_name || '_email', schema_name, table_name);
end
$body$;

-- V1 and V4 make their tables in the engine's own schema, where they need no right of the portal's. Those that the
-- portal lacks go to it, the others go; what an earlier version left there is none of theirs and stays.
do $body$
declare
  made text;
begin
  foreach made in array string_to_array('${made_now}', ',') loop
    if made <> 'users' and not exists (
      select from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = ${portal_literal} and c.relname = made) then
      execute format('alter table reconciler.%I set schema %I', made, ${portal_literal});
    else
      execute format('drop table reconciler.%I', made);
    end if;
  end loop;
  perform reconciler.make_users(${users_schema_literal}, ${users_name_literal});
  -- An earlier version could take tables in the engine's schema for the portal's: what was agreed with them says
  -- nothing about the portal's own.
  if to_regclass('reconciler.leads') is not null then
    delete from reconciler.agreed_value;
    delete from reconciler.watermark;
  end if;
end
$body$;
