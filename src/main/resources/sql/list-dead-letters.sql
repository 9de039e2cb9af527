-- A page of the dead letters, the one that failed last first: open ones, or all, with ids between these two.
select d.id, reconciler.iso_time(d.last_at) as at,
  cast(json_build_object(
    'id', d.id, 'clientId', d.client_id, 'baseId', k.airtable_base_id, 'runId', d.run_id,
    'stage', d.stage, 'recordId', d.airtable_record_id, 'field', d.field, 'reason', d.reason,
    'payload', d.payload, 'attempts', d.attempts, 'firstAt', reconciler.iso_time(d.first_at),
    'lastAt', reconciler.iso_time(d.last_at),
    'nextAttemptAt', reconciler.iso_time(d.next_attempt_at), 'status', d.status,
    'closedAt', reconciler.iso_time(d.closed_at), 'settledBy', d.settled_by)
    as text) as item
from reconciler.dead_letter d
left join clients k on k.id = d.client_id
where d.id between :low and :high and (:all or d.status = 'open')
  and (cast(:beforeTime as timestamptz) is null
    or (d.last_at, d.id) < (cast(:beforeTime as timestamptz), cast(:beforeId as uuid)))
order by d.last_at desc, d.id desc
limit :limit
