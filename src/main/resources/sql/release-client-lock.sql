-- Gives the lock of a client back.
select pg_advisory_unlock(hashtextextended('reconciler client ' || ?, 0))
