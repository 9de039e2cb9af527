-- How many dead letters there are of a kind, the most frequent first, each kind with a value: reasons that name
-- different values, records or numbers are one kind. Reasons that are the same are brought to their kind only once.
with meant as materialized (
  select d.table_name, d.stage, d.field as name, w.reason collate "C" as reason, count(*) as count,
    max(array[to_char(d.last_at at time zone 'utc', 'YYYYMMDDHH24MISSUS'), cast(d.id as text), v.value]
      collate "C") as latest
  from reconciler.dead_letter d
  left join clients k on k.id = d.client_id
  cross join lateral (
    select case
      when d.stage = 'pull' then d.payload ->> 'value'
      when d.field <> '' then (
        select string_agg(
          coalesce(
            -- Of a link that has no record its keys.
            substring(c.value ->> 'raw' from '^\{"@[a-z]+": ?(\[[^]]*\])'),
            c.value ->> 'raw',
            c.value #>> '{}'),
          ', ')
        from jsonb_each(d.payload) c)
    end as value) v
  cross join lateral (
    select strpos(d.reason, ': ' || left(d.payload ->> 'value', 12)) as value) s
  cross join lateral (
    select case when s.value > 1 then left(d.reason, s.value - 1) else d.reason end as reason) w
  where (:all or d.status = 'open')
    and (cast(:names as jsonb) is null
      or (d.table_name, d.field) in (
        select n.in_table, n.name from jsonb_to_recordset(cast(:names as jsonb)) as n(in_table text, name text)))
    and cast(:winner as text) is null
    and (cast(:reason as text) is null
      or strpos(lower(d.reason), lower(cast(:reason as text))) > 0)
    and (cast(:client as text) is null or k.airtable_base_id = :client
      or cast(d.client_id as text) = lower(cast(:client as text)))
    and (cast(:table as text) is null or d.table_name = :table)
    and d.run_id between :runLow and :runHigh
    and (cast(:since as timestamptz) is null or d.last_at >= cast(:since as timestamptz))
  group by 1, 2, 3, 4)
select r.table_name, r.stage, r.name, cast(sum(r.count) as bigint) as count,
  case when count(*) = 1 then min(r.reason) else r.kind end as kind,
  (max(r.latest))[3] as example
from (
  select m.*,
    regexp_replace(m.reason,
      '"[^"]*"|\mrec[0-9A-Za-z]{14}\M|\m[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\M|\m[0-9]+\M', '...', 'g') as kind
  from meant m) r
group by r.table_name, r.stage, r.name, r.kind
order by sum(r.count) desc, r.table_name, r.stage, r.name, r.kind
