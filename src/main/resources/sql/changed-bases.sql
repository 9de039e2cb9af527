-- The active clients that have another base than the one that something came of.
select distinct on (c.id) cast(c.id as text) as id, c.company_name as name, w.base_id as was, c.airtable_base_id as now,
  exists (select from clients o where o.airtable_base_id = w.base_id and o.id <> c.id) as taken
from clients c
join reconciler.watermark w on w.client_id = c.id and w.base_id <> c.airtable_base_id
where c.is_active
order by c.id
