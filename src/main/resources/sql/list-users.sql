-- All users, without what their passwords are checked against.
select cast(json_build_object(
    'id', u.id, 'email', u.email, 'role', u.role, 'active', u.is_active,
    'clientId', u.client_id, 'baseId', c.airtable_base_id) as text)
from ${users} u
left join clients c on c.id = u.client_id
order by lower(u.email)
