-- One user; as JSON, since a portal's own table may lack the names.
select cast(to_jsonb(u) || jsonb_build_object(
    'reconciler_revision', (select r.revision from reconciler.user_revision r where r.user_id = cast(u.id as text)),
    'reconciler_client_active', (select coalesce(c.is_active, false) from clients c where c.id = u.client_id)) as text)
from ${users} u where u.id = :id
