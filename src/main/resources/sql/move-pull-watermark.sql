-- Everything modified before this, on Airtable's clock, is pulled; never later than the database's own clock says it is.
insert into reconciler.watermark as w (client_id, table_name, base_id, pulled_until)
values (cast(:#${exchangeProperty.run.client.id} as uuid), :#${exchangeProperty.run.table.name}, :#${exchangeProperty.run.client.baseId}, least(cast(:#${exchangeProperty.run.coverage.pulledUntil} as timestamptz), clock_timestamp()))
on conflict (client_id, table_name) do update
set base_id = excluded.base_id, pulled_until = case when w.pulled_until <= clock_timestamp()
  then greatest(w.pulled_until, excluded.pulled_until) else excluded.pulled_until end,
  doubted_since = null
