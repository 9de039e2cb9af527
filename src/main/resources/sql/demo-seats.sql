-- A number as the portal sets it, some time ago.
update companies
set seats = :seats, updated_at = now() - cast(:ago as interval)
where airtable_record_id = :id
