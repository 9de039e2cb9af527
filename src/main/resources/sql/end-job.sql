-- It has ended.
update reconciler.job
set done = :done, total = cast(:total as bigint), failure = :failure, result = cast(:result as jsonb),
  ended_at = clock_timestamp()
where id = :id
