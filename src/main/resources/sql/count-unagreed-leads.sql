-- How many leads with a record a client has, and on how many of them nothing was ever agreed.
select cast(jsonb_build_object('leads', count(*),
  'unagreed', count(*) filter (where a.airtable_record_id is null)) as text) as leads
from leads l
left join reconciler.agreed_value a on a.airtable_record_id = l.airtable_record_id
where l.client_id = cast(:#${exchangeProperty.run.client.id} as uuid)
  and l.airtable_record_id is not null
