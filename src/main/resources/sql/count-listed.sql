-- How many records of a table Airtable had when each client's last full sweep listed it, and when the first of these was.
select cast(sum(s.records) as bigint) as records, min(s.ended_at) as at
from clients c
cross join lateral (
  select r.ended_at, cast(coalesce(
      (select t -> 'stage1' from jsonb_array_elements(r.result -> 'tables') t where t ->> 'table' = :table),
      r.result -> 'stage1') ->> 'recordsProcessed' as bigint) as records
  from reconciler.run r
  where r.client_id = c.id and r.full_sweep and r.outcome = 'succeeded'
    and (r.table_names is null or r.table_names @> array[cast(:table as text)])
  order by r.started_at desc
  limit 1) s
where c.is_active
having sum(s.records) is not null
