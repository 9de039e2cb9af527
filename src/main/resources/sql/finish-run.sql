-- Closes a run in the ledger with its outcome and result, unless another run found it dead.
update reconciler.run
set ended_at = cast(:#${exchangeProperty.run.end.toString} as timestamptz),
  outcome = :#${exchangeProperty.run.outcome.label},
  failure = :#${exchangeProperty.run.failure},
  stopped_by_guard = :#${exchangeProperty.run.outcome.isByGuard},
  result = cast(:#${exchangeProperty.run.result.toJson} as jsonb)
where id = cast(:#${exchangeProperty.run.id} as uuid) and outcome = 'running'
