-- Whether operators were told that the requests of this month (UTC) will not do, or another instance tells them now.
select exists (
    select from reconciler.notice
    where kind = 'quota'
      and date_trunc('month', created_at at time zone 'utc') = date_trunc('month', now() at time zone 'utc'))
  or not pg_try_advisory_xact_lock(hashtextextended('reconciler quota notice', 0))
