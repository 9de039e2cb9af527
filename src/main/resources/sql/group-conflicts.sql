-- How many conflicts there are of a kind, the most frequent first, each kind with a value that lost.
select cast(null as text) as table_name, cast(null as text) as stage, c.field_group as name, count(*) as count,
  case c.winner when 'merged' then 'merged' else c.winner || ' won' end || ' (' || c.policy || ')' as kind,
  (array_agg(cast(case c.winner when 'airtable' then c.portal when 'portal' then c.airtable end as text)
    order by c.detected_at desc, c.id desc))[1] as example
from reconciler.conflict c
left join clients k on k.id = c.client_id
where (:all or c.status = 'open')
  and (cast(:names as jsonb) is null
    or (c.table_name, c.field_group) in (
      select n.in_table, n.name from jsonb_to_recordset(cast(:names as jsonb)) as n(in_table text, name text)))
  and (cast(:winner as text) is null or c.winner = :winner)
  and (cast(:reason as text) is null
    or strpos(lower(concat_ws(' ', c.policy, c.settled_by)), lower(cast(:reason as text))) > 0)
  and (cast(:client as text) is null or k.airtable_base_id = :client
    or cast(c.client_id as text) = lower(cast(:client as text)))
  and (cast(:table as text) is null or c.table_name = :table)
  and c.run_id between :runLow and :runHigh
  and (cast(:since as timestamptz) is null or c.detected_at >= cast(:since as timestamptz))
group by c.field_group, c.winner, c.policy
order by count(*) desc, c.field_group, c.winner, c.policy
