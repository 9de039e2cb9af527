-- One lead, if the user sees it.
select cast(to_jsonb(l) as text) from leads l
where l.id = :id and (:all or l.client_id = cast(:client as uuid))
