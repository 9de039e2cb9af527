-- Each client's state, for the page.
select c.company_name as name, c.airtable_base_id as base, c.is_active as active,
  to_char(w.pulled_until at time zone 'utc', 'YYYY-MM-DD HH24:MI:SS') as pulled_until,
  (select count(*) from leads l where l.client_id = c.id and l.is_active
    and l.airtable_record_id <> '') as leads,
  (select count(*) from leads l where l.client_id = c.id
    and (l.airtable_record_id is null or l.airtable_record_id = '')) as not_linked,
  (select count(*) from reconciler.agreed_value a where a.client_id = c.id and a.pending) as pending,
  coalesce((select q.requests from reconciler.request_count q
    where q.base_id = c.airtable_base_id
      and q.month = cast(date_trunc('month', now() at time zone 'utc') as date)), 0) as month_requests
from clients c
left join reconciler.watermark w on w.client_id = c.id
order by c.company_name, c.airtable_base_id
limit 200
