-- Who holds a lock on a whole table with which no row of it can be written, as create index, alter table or vacuum full do.
select concat_ws(', ', 'process ' || l.pid, a.usename, nullif(a.application_name, ''), l.mode)
from pg_locks l left join pg_stat_activity a on a.pid = l.pid
where l.locktype = 'relation' and l.granted and l.pid <> pg_backend_pid()
  and l.database = (select oid from pg_database where datname = current_database())
  and (l.relation = to_regclass(:table) or l.relation in (
    select relid from pg_partition_tree(to_regclass(:table)) where to_regclass(:table) is not null))
  and l.mode in ('ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock')
order by l.pid
limit 1
