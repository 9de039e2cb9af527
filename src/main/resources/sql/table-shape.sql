-- What kind of relation the search_path finds under a name, and for whom; no row when there is none.
select cast(relkind as text) as kind, row_security_active(oid) as row_security
from pg_class where oid = to_regclass(:table)
