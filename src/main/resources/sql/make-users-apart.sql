-- Makes the table of those who may sign in where it is missing and the name that make_users gives its index is another
-- table's, as after a rename: PostgreSQL finds a name that is free.
do $body$
begin
  if not exists (
    select from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = ${schema} and c.relname = ${name}
  ) and exists (
    select from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = ${schema} and c.relname = left('idx_' || ${name} || '_email', 63)
  ) then
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
      )$ddl$, ${schema}, ${name});
    execute format('create unique index on %I.%I (lower(email))', ${schema}, ${name});
  end if;
end
$body$
