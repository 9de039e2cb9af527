-- One user; as JSON, since a portal's own table may lack the names.
select cast(to_jsonb(u) || jsonb_build_object(
    -- Named, so that a table without them fails and nobody is taken for inactive.
    'is_active', u.is_active, 'role', u.role, 'password_hash', u.password_hash,
    'reconciler_revision', (select r.revision from reconciler.user_revision r where r.user_id = cast(u.id as text)),
    'reconciler_client_active', (select coalesce(c.is_active, false) from clients c where c.id = u.client_id)) as text)
from ${users} u where u.id = :id
