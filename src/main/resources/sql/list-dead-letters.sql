-- A page of the dead letters, the one that failed last first: open ones, or all, with ids between these two and as
-- the filters want them; beside each what it is about, and the name of its lead.
select d.id, reconciler.iso_time(d.last_at) as at,
  concat_ws(' ', d.airtable_record_id, nullif(d.field, ''), d.status) as about,
  l.name as lead,
  cast(json_build_object(
    'id', d.id, 'clientId', d.client_id, 'baseId', k.airtable_base_id, 'runId', d.run_id,
    'table', d.table_name, 'stage', d.stage, 'recordId', d.airtable_record_id, 'field', d.field, 'reason', d.reason,
    'payload', d.payload, 'attempts', d.attempts, 'firstAt', reconciler.iso_time(d.first_at),
    'lastAt', reconciler.iso_time(d.last_at),
    'nextAttemptAt', reconciler.iso_time(d.next_attempt_at), 'status', d.status,
    'closedAt', reconciler.iso_time(d.closed_at), 'settledBy', d.settled_by)
    as text) as item
from reconciler.dead_letter d
left join clients k on k.id = d.client_id
left join ${rows} l on l.airtable_record_id = d.airtable_record_id and l.client_id = d.client_id
  and l.table_name = d.table_name
where d.id between :low and :high and (:all or d.status = 'open')
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
  and (cast(:beforeTime as timestamptz) is null
    or (d.last_at, d.id) < (cast(:beforeTime as timestamptz), cast(:beforeId as uuid)))
order by d.last_at desc, d.id desc
limit :limit
