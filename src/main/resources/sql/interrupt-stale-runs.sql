-- A run that still shows as running although its client's lock was free had its process killed.
update reconciler.run
set outcome = 'interrupted', ended_at = now(), failure = 'the process ended before the run did'
where client_id = cast(:#${exchangeProperty.run.client.id} as uuid) and outcome = 'running'
