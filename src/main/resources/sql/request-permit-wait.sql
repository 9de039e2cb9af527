-- Milliseconds until a permit of this base, and of the token, may be free.
select ceil(extract(epoch from greatest(
  (select min(free_at) from reconciler.request_permit where base_id = :baseId and slot <= greatest(1, floor(:permits * coalesce((select pace from reconciler.present_pace where base_id = :baseId), 1)))),
  (select paused_until from reconciler.request_pause where base_id = :baseId),
  (select min(free_at) from reconciler.token_permit where slot <= :tokenPermits)
) - clock_timestamp()) * 1000)
