-- When the last run of a base began that the schedule asked for.
select r.started_at
from clients c
join reconciler.run r on r.client_id = c.id
where c.airtable_base_id = :base and r.trigger = 'schedule'
order by r.started_at desc
limit 1
