-- One run per client at a time, over all processes.
select pg_try_advisory_lock(hashtextextended('reconciler client ' || ?, 0))
