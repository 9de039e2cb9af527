-- Gives a permit back: free again one period after the answer, whenever within the request Airtable counted it;
-- later where less than one request a period is allowed.
update reconciler.request_permit
set free_at = clock_timestamp() + cast(:period as interval)
  * greatest(1, 1 / (:permits * coalesce((select pace from reconciler.present_pace where base_id = :baseId), 1)))
where base_id = :baseId and slot = :slot
