-- The clients that a run would take, and whether another run holds one of them now: the lock of take-client-lock.
select cast(json_build_object('base', c.airtable_base_id, 'name', c.company_name, 'active', c.is_active,
  'busy', exists (
    select 1 from pg_locks k
    where k.locktype = 'advisory' and k.objsubid = 1 and k.granted
      and k.database = (select d.oid from pg_database d where d.datname = current_database())
      and (cast(k.classid as bigint) << 32) | cast(k.objid as bigint)
        = hashtextextended('reconciler client ' || c.id, 0))) as text)
from clients c
where case when cast(:base as text) is null then c.is_active else c.airtable_base_id = cast(:base as text) end
order by c.airtable_base_id
