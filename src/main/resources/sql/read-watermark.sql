-- How far a client is known to be pulled and pushed, and the database's clock.
select cast(jsonb_build_object(
  'pulled_until', (select pulled_until from reconciler.watermark where client_id = c.id),
  'pushed_until', (select pushed_until from reconciler.watermark where client_id = c.id),
  'database_now', clock_timestamp()) as text) as watermark
from (values (cast(:#${exchangeProperty.run.client.id} as uuid))) c (id)
