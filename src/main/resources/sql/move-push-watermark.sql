-- Everything the portal changed before this, on the database's clock, has been considered.
insert into reconciler.watermark as w (client_id, table_name, base_id, pushed_until)
values (cast(:#${exchangeProperty.run.client.id} as uuid), :#${exchangeProperty.run.table.name}, :#${exchangeProperty.run.client.baseId}, cast(:#${exchangeProperty.run.coverage.pushedUntil} as timestamptz))
on conflict (client_id, table_name) do update
set base_id = excluded.base_id, pushed_until = case when w.pushed_until <= clock_timestamp()
  then greatest(w.pushed_until, excluded.pushed_until) else excluded.pushed_until end
