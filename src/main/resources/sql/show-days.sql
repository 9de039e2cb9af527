-- What the runs of each of the last 7 days (UTC) came to.
select cast(d.day as date) as day, coalesce(sum(r.pulled), 0) as pulled, coalesce(sum(r.pushed), 0) as pushed,
  coalesce(sum(r.skipped), 0) as skipped, coalesce(sum(r.errors), 0) as errors,
  coalesce(sum(r.requests), 0) as requests, cast(avg(r.millis) as bigint) as millis,
  percentile_disc(0.95) within group (order by r.lag) as lag
from generate_series(date_trunc('day', now() at time zone 'utc') - interval '6 days',
  date_trunc('day', now() at time zone 'utc'), interval '1 day') as d (day)
left join lateral (
  select cast(x.result #>> '{stage1,inserted}' as bigint) + cast(x.result #>> '{stage1,updated}' as bigint) as pulled,
    cast(x.result #>> '{stage2,updated}' as bigint) as pushed,
    cast(x.result #>> '{stage2,skipped}' as bigint) as skipped,
    cast(x.result #>> '{stage1,errorCount}' as bigint) + cast(x.result #>> '{stage2,errorCount}' as bigint) as errors,
    cast(x.result ->> 'airtableRequests' as bigint) as requests,
    extract(epoch from x.ended_at - x.started_at) * 1000 as millis,
    greatest(cast(p.progress ->> 'pullLagMs' as bigint), cast(p.progress ->> 'pushLagMs' as bigint)) as lag
  from reconciler.run x
  left join reconciler.run_progress p on p.run_id = x.id
  where x.started_at >= d.day at time zone 'utc' and x.started_at < (d.day + interval '1 day') at time zone 'utc'
    and x.ended_at is not null) r on true
group by d.day
order by d.day
