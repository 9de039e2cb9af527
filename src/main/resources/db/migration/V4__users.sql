-- The portal's users, made only where they are missing; nothing is added to a table that exists.
do $body$
begin
  if to_regclass('${portal_schema}.users') is null then
    create table ${portal_schema}.users (
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
    );
    create unique index idx_users_email on ${portal_schema}.users (lower(email));
  end if;
end
$body$;
