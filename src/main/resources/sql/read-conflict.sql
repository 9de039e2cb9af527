-- One conflict with its client; locked against another one who settles it.
select cast(json_build_object(
    'id', c.id, 'table', c.table_name, 'recordId', c.airtable_record_id, 'group', c.field_group, 'winner', c.winner,
    'agreed', c.agreed, 'airtable', c.airtable, 'portal', c.portal,
    'airtableModifiedAt', reconciler.iso_time(c.airtable_modified_at),
    'portalModifiedAt', reconciler.iso_time(c.portal_modified_at), 'status', c.status,
    'settledAt', reconciler.iso_time(c.settled_at), 'settledBy', c.settled_by,
    'client', (select to_jsonb(k) from clients k where k.id = c.client_id))
  as text)
from reconciler.conflict c
where c.id = :id
for update of c
