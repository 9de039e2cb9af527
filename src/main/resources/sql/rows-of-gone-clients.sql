-- Rows with records, of clients that are not there: how many, and the one active client they could be of, which is that of
-- the base that the gone one was reconciled with, or else the only one. Each row is read once, clients by groups.
select g.id, g.count, coalesce(
  (select min(cast(c.id as text)) from clients c
    where c.is_active and c.airtable_base_id in (
      select w.base_id from reconciler.watermark w where cast(w.client_id as text) = g.id)
    having count(*) = 1),
  (select min(cast(c.id as text)) from clients c where c.is_active having count(*) = 1),
  '') as heir
from (select cast(l.${client} as text) as id, count(*) as count from ${table} l where ${linked} group by l.${client}) g
where g.id is not null and not exists (select from clients c where cast(c.id as text) = g.id)
order by g.count desc, g.id
limit 5
