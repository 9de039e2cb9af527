-- What kind of relation the search_path finds under a name, and for whom; no row when there is none.
select cast(relkind as text) as kind, format('%I.%I', n.nspname, c.relname) as place, row_security_active(c.oid) as row_security,
  -- A trigger before each new row (bits 1, 2 and 4 of the type) may fill what nobody gives.
  exists (
    select from pg_trigger
    where tgrelid = c.oid and not tgisinternal and (tgtype & 7) = 7 and tgenabled not in ('D', 'R')) as may_fill
from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.oid = to_regclass(:table)
