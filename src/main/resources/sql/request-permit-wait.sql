-- Milliseconds until a permit of this base may be free.
select ceil(extract(epoch from greatest(
  (select min(free_at) from reconciler.request_permit where base_id = :baseId and slot <= :permits),
  (select paused_until from reconciler.request_pause where base_id = :baseId)
) - clock_timestamp()) * 1000)
