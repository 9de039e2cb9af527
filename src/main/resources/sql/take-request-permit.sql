-- Takes a free permit of a base that is not paused, and one of the token where its limit is held, and counts the
-- request they are for; none when either is missing. Both are lent for the longest a request can take and given
-- back, earlier, by release-request-permit. Nothing of it has to outlive a crash of the database: no wait for its disk.
with quick as materialized (
  select set_config('synchronous_commit', 'off', true) as done),
base as (
  select slot from reconciler.request_permit, quick
  where base_id = :baseId and slot <= greatest(1, floor(:permits * coalesce((select pace from reconciler.present_pace where base_id = :baseId), 1))) and free_at <= (select clock_timestamp())
    and not exists (
      select from reconciler.request_pause
      where base_id = :baseId and paused_until > clock_timestamp())
  order by free_at limit 1
  for update of request_permit skip locked),
token as (
  select slot from reconciler.token_permit
  where slot <= :tokenPermits and free_at <= (select clock_timestamp()) and exists (select from base)
  order by free_at limit 1
  for update skip locked),
taken as (
  update reconciler.request_permit p
  set free_at = clock_timestamp() + cast(:lease as interval)
  from base
  where p.base_id = :baseId and p.slot = base.slot and (:tokenPermits = 0 or exists (select from token))
  returning p.slot),
lent as (
  update reconciler.token_permit p
  set free_at = clock_timestamp() + cast(:lease as interval)
  from token where p.slot = token.slot),
counted as (
  insert into reconciler.request_count (base_id, month, requests)
  select :baseId, cast(date_trunc('month', clock_timestamp() at time zone 'utc') as date), 1 from taken
  on conflict (base_id, month) do update set requests = request_count.requests + 1)
select slot, coalesce((select slot from token), 0) as token_slot from taken
