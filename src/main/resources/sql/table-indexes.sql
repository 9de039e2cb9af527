-- The indexes of a table that serve every row; a key that is an expression has no name.
select i.indisunique and i.indimmediate as is_unique, i.indnkeyatts as keys,
  (select cast(attname as text) from pg_attribute where attrelid = i.indrelid and attnum = i.indkey[0]) as first_key,
  (select cast(attname as text) from pg_attribute where attrelid = i.indrelid and attnum = i.indkey[1]) as second_key
from pg_index i
where i.indrelid = to_regclass(:table) and i.indisvalid and i.indpred is null
