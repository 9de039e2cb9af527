-- Enters a run in the ledger.
insert into reconciler.run
  (id, client_id, base_id, trigger, requester, window_minutes, full_sweep, started_at, outcome, table_names)
values (
  cast(:#${exchangeProperty.run.id} as uuid), cast(:#${exchangeProperty.run.client.id} as uuid),
  :#${exchangeProperty.run.client.baseId}, :#${exchangeProperty.run.request.triggerLabel},
  :#${exchangeProperty.run.request.requester}, :#${exchangeProperty.run.request.minutes},
  :#${exchangeProperty.run.request.full}, cast(:#${exchangeProperty.run.started.toString} as timestamptz),
  'running', array(select jsonb_array_elements_text(cast(:#${exchangeProperty.run.tableNames} as jsonb))))
