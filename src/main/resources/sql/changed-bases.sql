-- The active clients that have another base than the one that something came of.
select distinct on (c.id) c.company_name as name, w.base_id as was, c.airtable_base_id as now
from clients c
join reconciler.watermark w on w.client_id = c.id and w.base_id <> c.airtable_base_id
where c.is_active
order by c.id
