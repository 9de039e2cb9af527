-- The latest of a kind.
select id, kind, requester, title, started_at, ended_at, beat_at > clock_timestamp() - interval '20 seconds' as alive,
  done, total, failure, cast(result as text) as result
from reconciler.job
where kind = :kind
order by started_at desc
limit 1
