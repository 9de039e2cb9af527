-- What the runs of each of the last 7 days (UTC) came to.
select cast(d.day as date) as day, coalesce(r.pulled, 0) as pulled, coalesce(r.pushed, 0) as pushed,
  coalesce(r.skipped, 0) as skipped, coalesce(r.errors, 0) as errors, coalesce(r.requests, 0) as requests, r.millis, r.lag
from generate_series(date_trunc('day', now() at time zone 'utc') - interval '6 days',
  date_trunc('day', now() at time zone 'utc'), interval '1 day') as d (day)
cross join lateral (
  select sum(cast(x.result #>> '{stage1,inserted}' as bigint) + cast(x.result #>> '{stage1,updated}' as bigint)) as pulled,
    sum(cast(x.result #>> '{stage2,updated}' as bigint)) as pushed,
    sum(cast(x.result #>> '{stage2,skipped}' as bigint)) as skipped,
    sum(cast(x.result #>> '{stage1,errorCount}' as bigint) + cast(x.result #>> '{stage2,errorCount}' as bigint)) as errors,
    sum(cast(x.result ->> 'airtableRequests' as bigint)) as requests,
    cast(avg(extract(epoch from x.ended_at - x.started_at) * 1000) as bigint) as millis,
    percentile_disc(0.95) within group (
      order by greatest(cast(p.progress ->> 'pullLagMs' as bigint), cast(p.progress ->> 'pushLagMs' as bigint))) as lag
  from reconciler.run x
  left join reconciler.run_progress p on p.run_id = x.id
  where x.started_at >= d.day at time zone 'utc' and x.started_at < (d.day + interval '1 day') at time zone 'utc'
    and x.ended_at is not null) r
order by d.day
