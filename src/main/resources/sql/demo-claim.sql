-- A claim as the portal makes it, some time ago.
update leads
set claimed_by = :user, claimed_at = now() - cast(:ago as interval),
  updated_at = now() - cast(:ago as interval)
where airtable_record_id = :id
