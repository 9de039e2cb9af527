-- Whether no unique index of the table is on the record id alone, so that it is unique only with the client.
select to_regclass(:table) is not null and not exists (
  select from pg_index i
  join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
  where i.indrelid = to_regclass(:table) and i.indisunique and i.indisvalid and i.indpred is null
    and i.indnkeyatts = 1 and a.attname = :record)
