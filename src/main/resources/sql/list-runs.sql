-- A page of the runs, the newest first: those of the last week, or all, with ids between these two.
select id, reconciler.iso_time(started_at) as at,
  concat_ws(' ', reconciler.iso_time(started_at), base_id, outcome) as about,
  cast(json_build_object(
    'runId', id, 'clientId', client_id, 'baseId', base_id, 'trigger', trigger,
    'requester', requester, 'windowMinutes', window_minutes, 'fullSweep', full_sweep,
    'outcome', outcome, 'failure', failure, 'startTime', reconciler.iso_time(started_at),
    'endTime', reconciler.iso_time(coalesce(ended_at, clock_timestamp())), 'result', result)
    as text) as item
from reconciler.run
where id between :low and :high and (:all or started_at > now() - interval '7 days')
  and (cast(:beforeTime as timestamptz) is null
    or (started_at, id) < (cast(:beforeTime as timestamptz), cast(:beforeId as uuid)))
order by started_at desc, id desc
limit :limit
