-- Everything modified before this, on Airtable's clock, is pulled; never later than the database's own clock says it is.
insert into reconciler.watermark as w (client_id, table_name, pulled_until)
values (cast(:#${exchangeProperty.run.client.id} as uuid), :#${exchangeProperty.run.table.name}, least(cast(:#${exchangeProperty.run.coverage.pulledUntil} as timestamptz), clock_timestamp()))
on conflict (client_id, table_name) do update
set pulled_until = case when w.pulled_until <= clock_timestamp()
  then greatest(w.pulled_until, excluded.pulled_until) else excluded.pulled_until end,
  doubted_since = null
