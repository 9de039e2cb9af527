-- The other sessions of the engine's in this database.
select string_agg(cast(pid as text), ', ' order by pid)
from pg_stat_activity
where datname = current_database() and application_name = 'reconciler' and pid <> pg_backend_pid()
