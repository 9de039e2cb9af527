-- Takes a notice for one attempt, unless another instance has it: a failed one comes again after a pause that
-- doubles from one minute to an hour.
update reconciler.notice n
set attempts = n.attempts + 1,
  next_attempt_at = now() + least(interval '1 hour', interval '1 minute' * power(2, least(n.attempts, 6)))
from clients c
where n.id = (
    select id from reconciler.notice
    where id = :id and status = 'waiting' and next_attempt_at <= now()
    for update skip locked)
  and c.id = n.client_id
returning n.id, n.kind, n.channel, n.subject, n.text, n.attempts as attempt, c.airtable_base_id as base_id
