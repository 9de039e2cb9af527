#!/bin/sh
# Makes the role of the program, which is no superuser, with the password that stands in the secret DATABASE_URL. PostgreSQL's image
# runs it in a new volume. In one that an earlier version filled, run it by hand: docker compose exec postgres sh /docker-entrypoint-initdb.d/program-role.sh
set -eu

secrets=${RECONCILER_SECRETS_DIR:-/run/secrets}
PROGRAM_PASSWORD=$(sed -n 's|^postgres[a-z]*://leads_sync:\([A-Za-z0-9]*\)@.*|\1|p' "$secrets/DATABASE_URL")
if [ -z "$PROGRAM_PASSWORD" ]; then
  echo "the secret DATABASE_URL must begin with postgresql://leads_sync: and a password of letters and digits" >&2
  exit 1
fi
PGPASSWORD=${PGPASSWORD:-$(cat "$secrets/POSTGRES_PASSWORD")}
export PROGRAM_PASSWORD PGPASSWORD

psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --username="$POSTGRES_USER" --dbname="$POSTGRES_DB" <<'SQL'
\getenv password PROGRAM_PASSWORD
select 'create role leads_sync' where to_regrole('leads_sync') is null \gexec
alter role leads_sync login nosuperuser nocreatedb nocreaterole password :'password';
grant connect, create on database :"DBNAME" to leads_sync;
grant usage, create on schema public to leads_sync;

-- What the superuser made while it was the program's role.
do $body$
declare
  change text;
begin
  for change in
    select format('alter schema %I owner to leads_sync', n.nspname)
    from pg_namespace n where n.nspname = 'reconciler'
    union all
    select format('alter table %I.%I owner to leads_sync', n.nspname, c.relname)
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and pg_get_userbyid(c.relowner) = current_user
      and (n.nspname = 'reconciler' or n.nspname = 'public' and c.relname in ('clients', 'leads', 'users'))
    union all
    select format('alter function %s owner to leads_sync', cast(p.oid as regprocedure))
    from pg_proc p where p.pronamespace = to_regnamespace('reconciler')
  loop
    execute change;
  end loop;
end
$body$;
SQL
