-- How far a client's table is known to be pulled and pushed, and the database's clock; what is later counts as that clock. What a
-- transaction that is open writes shows only when it is committed, with the time at which it began; others' are seen where rights let us.
select cast(jsonb_build_object(
  'pulled_until', (select greatest(least(pulled_until, clock_timestamp()), 'epoch') from reconciler.watermark where client_id = c.id and table_name = c.name and pulled_until is not null),
  'pushed_until', (select greatest(least(pushed_until, clock_timestamp()), 'epoch') from reconciler.watermark where client_id = c.id and table_name = c.name and pushed_until is not null),
  'doubted_since', (select doubted_since from reconciler.watermark where client_id = c.id and table_name = c.name),
  'oldest_open', (select least(
    (select min(xact_start) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()),
    (select min(prepared) from pg_prepared_xacts where database = current_database()))),
  'database_now', clock_timestamp()) as text) as watermark
from (values (cast(:#${exchangeProperty.run.client.id} as uuid), cast(:#${exchangeProperty.run.table.name} as text))) c (id, name)
