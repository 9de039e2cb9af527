-- What is watched of each active client: when a run last ended well, what is open, what it used of this month.
select c.airtable_base_id as base, c.company_name as name,
  (select r.ended_at from reconciler.run r
    where r.client_id = c.id and r.outcome = 'succeeded'
    order by r.started_at desc limit 1) as reconciled_at,
  (select count(*) from reconciler.dead_letter d
    where d.client_id = c.id and d.status = 'open') as dead_letters,
  (select count(*) from reconciler.conflict k
    where k.client_id = c.id and k.status = 'open') as conflicts,
  coalesce((select q.requests from reconciler.request_count q
    where q.base_id = c.airtable_base_id
      and q.month = cast(date_trunc('month', now() at time zone 'utc') as date)), 0) as month_requests
from clients c
where c.is_active
order by c.airtable_base_id
