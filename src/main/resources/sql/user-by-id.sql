-- One user; as JSON, since a portal's own table may lack the names.
select cast(to_jsonb(u) as text) from users u where u.id = :id
