-- Keeps what could not be applied; the same failure again is the same dead letter, tried once more,
-- after a pause that doubles from one hour to a day.
insert into reconciler.dead_letter as d
  (id, table_name, client_id, run_id, stage, airtable_record_id, field, reason, payload,
   attempts, first_at, last_at, next_attempt_at, status)
select gen_random_uuid(), :#${exchangeProperty.run.table.name}, client_id, run_id, stage, airtable_record_id, field, reason, payload,
  1, now(), now(), now() + interval '1 hour', 'open'
from jsonb_to_recordset(cast(:#${body.deadLetters} as jsonb)) as r(
  client_id uuid, run_id uuid, stage text, airtable_record_id text, field text, reason text,
  payload jsonb)
on conflict (client_id, table_name, stage, airtable_record_id, field) where status <> 'closed' do update
set run_id = excluded.run_id, reason = excluded.reason, payload = excluded.payload,
  attempts = d.attempts + 1, last_at = now(),
  next_attempt_at = now() + least(interval '24 hours', interval '1 hour' * power(2, least(d.attempts, 5))),
  status = case when d.status = 'discarded' and d.payload = excluded.payload then 'discarded' else 'open' end,
  settled_by = case when d.status = 'discarded' and d.payload = excluded.payload then d.settled_by end
