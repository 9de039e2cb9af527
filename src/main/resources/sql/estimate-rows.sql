-- About how many rows a table has, as PostgreSQL's statistics have it; none before it was ever looked at.
select cast(reltuples as bigint) from pg_class where oid = to_regclass(:table) and reltuples >= 0
