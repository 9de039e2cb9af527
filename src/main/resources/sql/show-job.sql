-- One thing that somebody asked for; a process that goes on with one says so every half second.
select id, kind, requester, title, started_at, ended_at, beat_at > clock_timestamp() - interval '20 seconds' as alive,
  done, total, failure, cast(result as text) as result
from reconciler.job
where id = :id
