-- Takes a free permit of a base that is not paused, and counts the request it is for; none when there is none.
-- The permit is lent for the longest a request can take and given back, earlier, by release-request-permit.
with taken as (
  update reconciler.request_permit
  set free_at = clock_timestamp() + cast(:lease as interval)
  where base_id = :baseId
    and slot = (
      select slot from reconciler.request_permit
      where base_id = :baseId and slot <= greatest(1, floor(:permits * coalesce((select pace from reconciler.present_pace where base_id = :baseId), 1))) and free_at <= (select clock_timestamp())
      order by free_at limit 1
      for update skip locked)
    and not exists (
      select from reconciler.request_pause
      where base_id = :baseId and paused_until > clock_timestamp())
  returning slot),
counted as (
  insert into reconciler.request_count (base_id, month, requests)
  select :baseId, cast(date_trunc('month', clock_timestamp() at time zone 'utc') as date), 1 from taken
  on conflict (base_id, month) do update set requests = request_count.requests + 1)
select slot from taken
