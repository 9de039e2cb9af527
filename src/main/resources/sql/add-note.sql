-- Adds a line to the notes of a lead, if the user sees it.
update leads l
set notes = concat_ws(chr(10), nullif(l.notes, ''), cast(:entry as text)), updated_at = now()
where l.id = :id and (:all or l.client_id = cast(:client as uuid))
returning cast(to_jsonb(l) as text)
