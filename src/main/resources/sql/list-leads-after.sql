-- A further page of the leads that a user sees, by id, in the order of its own type.
select cast(row_to_json(l) as text) from leads l
where (:all or l.client_id = cast(:client as uuid)) and l.id > :after
order by l.id
limit :limit
