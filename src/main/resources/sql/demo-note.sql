-- A note as the portal adds it, some time ago.
update leads
set notes = concat_ws(chr(10), nullif(notes, ''), cast(:note as text)),
  updated_at = now() - cast(:ago as interval)
where airtable_record_id = :id
