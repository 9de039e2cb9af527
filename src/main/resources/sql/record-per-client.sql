-- How a record names its row: by its id alone, by its id with the client, or not at all, as the unique indexes say.
select case
  when to_regclass(:table) is null or bool_or(i.indnkeyatts = 1) then 'ALONE'
  when count(*) > 0 then 'PER_CLIENT'
  -- Of what is no table PostgreSQL itself says what is wrong.
  when not exists (select from pg_class c where c.oid = to_regclass(:table) and c.relkind in ('r', 'p'))
    then case when cast(:client as text) is null then 'ALONE' else 'PER_CLIENT' end
  else 'NONE' end
from pg_index i
cross join lateral (
  select array_agg(cast(a.attname as text)) as names
  from generate_series(0, i.indnkeyatts - 1) n
  join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[n]) k
where i.indrelid = to_regclass(:table) and i.indisunique and i.indimmediate and i.indisvalid and i.indpred is null
  and (i.indnkeyatts = 1 and k.names = array[cast(:record as text)]
    or i.indnkeyatts = 2 and k.names @> array[cast(:record as text), cast(:client as text)])
