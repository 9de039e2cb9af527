-- How far it has come.
update reconciler.job set done = :done, total = cast(:total as bigint), beat_at = clock_timestamp()
where id = :id and ended_at is null
