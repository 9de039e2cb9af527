-- Everything modified before this, on Airtable's clock, is pulled.
insert into reconciler.watermark as w (client_id, pulled_until)
values (cast(:#${exchangeProperty.run.client.id} as uuid), cast(:#${exchangeProperty.run.pullCoveredText} as timestamptz))
on conflict (client_id) do update
set pulled_until = greatest(w.pulled_until, excluded.pulled_until)
