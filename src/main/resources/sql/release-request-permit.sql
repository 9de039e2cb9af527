-- Gives a permit back: free again one period after the answer, whenever within the request Airtable counted it.
update reconciler.request_permit
set free_at = clock_timestamp() + cast(:period as interval)
where base_id = :baseId and slot = :slot
