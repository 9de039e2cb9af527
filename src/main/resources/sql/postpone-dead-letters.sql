-- Records that are still gone, or still can't be applied: their dead letters wait again, twice as long.
update reconciler.dead_letter
set attempts = attempts + 1, last_at = now(),
  next_attempt_at = now() + least(interval '24 hours', interval '1 hour' * power(2, least(attempts, 5)))
where stage = 'push' and field = '' and status = 'open' and next_attempt_at <= now()
  and client_id = cast(:#${exchangeProperty.run.client.id} as uuid) and table_name = :#${exchangeProperty.run.table.name}
  and airtable_record_id in (select jsonb_array_elements_text(cast(:#${body.recordIds} as jsonb)))
