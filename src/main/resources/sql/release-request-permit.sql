-- Gives a permit back: free again one period after the request was sent and the margin for its way. After a 429 the
-- careful rule holds until the pace has grown back: one period after the answer, whenever within the request Airtable
-- counted it; later where less than one request a period is allowed.
with quick as materialized (
  select set_config('synchronous_commit', 'off', true) as done),
present as (
  select coalesce((select pace from reconciler.present_pace where base_id = :baseId), 1) as pace from quick),
base as (
  update reconciler.request_permit
  set free_at = clock_timestamp() + case when pace < 1
    then cast(:careful as interval) * greatest(1, 1 / (:permits * pace))
    else cast(:quick as interval) end
  from present
  where base_id = :baseId and slot = :slot)
update reconciler.token_permit
set free_at = clock_timestamp() + case when pace < 1 then cast(:careful as interval) else cast(:quick as interval) end
from present
where slot = :tokenSlot
