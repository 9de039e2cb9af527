-- Whether the table itself gives a new lead its key: by a default, its type's default, or as an identity.
select a.atthasdef or a.attidentity <> '' or t.typdefault is not null
from pg_attribute a join pg_type t on t.oid = a.atttypid
where a.attrelid = to_regclass(:table) and a.attname = :key and not a.attisdropped
