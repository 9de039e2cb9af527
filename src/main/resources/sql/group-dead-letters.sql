-- How many dead letters there are of a kind, the most frequent first, each kind with a value: reasons that name
-- different values, records or numbers are one kind.
select r.name, count(*) as count,
  case when count(distinct r.reason) = 1 then min(r.reason) else r.kind end as kind,
  (array_agg(r.example order by r.last_at desc, r.id desc))[1] as example
from (
  select d.id, d.last_at, d.field as name, w.reason, d.payload ->> 'value' as example,
    regexp_replace(w.reason,
      '"[^"]*"|\mrec[0-9A-Za-z]{14}\M|\m[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\M|\m[0-9]+\M', '...', 'g') as kind
  from reconciler.dead_letter d
  left join clients k on k.id = d.client_id
  cross join lateral (
    select strpos(d.reason, ': ' || left(d.payload ->> 'value', 12)) as value) s
  cross join lateral (
    select case when s.value > 1 then left(d.reason, s.value - 1) else d.reason end as reason) w
  where (:all or d.status = 'open')
    and (cast(:names as jsonb) is null
      or d.field in (select jsonb_array_elements_text(cast(:names as jsonb))))
    and cast(:winner as text) is null
    and (cast(:reason as text) is null
      or strpos(lower(d.reason), lower(cast(:reason as text))) > 0)
    and (cast(:client as text) is null or k.airtable_base_id = :client
      or cast(d.client_id as text) = lower(cast(:client as text)))
    and (cast(:table as text) is null or d.table_name = :table)
  and d.run_id between :runLow and :runHigh
    and (cast(:since as timestamptz) is null or d.last_at >= cast(:since as timestamptz))) r
group by r.name, r.kind
order by count(*) desc, r.name, r.kind
