-- The first page of the leads that a user sees, by id.
select cast(row_to_json(l) as text) from leads l
where (:all or l.client_id = cast(:client as uuid))
order by l.id
limit :limit
