-- A page of the conflicts, the newest first: open ones, or all, with ids between these two.
select c.id, reconciler.iso_time(c.detected_at) as at,
  cast(json_build_object(
    'id', c.id, 'clientId', c.client_id, 'baseId', k.airtable_base_id, 'runId', c.run_id,
    'stage', c.stage, 'recordId', c.airtable_record_id, 'fieldGroup', c.field_group,
    'policy', c.policy, 'winner', c.winner, 'agreed', c.agreed, 'airtable', c.airtable,
    'portal', c.portal, 'airtableModifiedAt', reconciler.iso_time(c.airtable_modified_at),
    'portalModifiedAt', reconciler.iso_time(c.portal_modified_at),
    'detectedAt', reconciler.iso_time(c.detected_at), 'status', c.status,
    'settledAt', reconciler.iso_time(c.settled_at), 'settledBy', c.settled_by)
    as text) as item
from reconciler.conflict c
left join clients k on k.id = c.client_id
where c.id between :low and :high and (:all or c.status = 'open')
  and (cast(:beforeTime as timestamptz) is null
    or (c.detected_at, c.id) < (cast(:beforeTime as timestamptz), cast(:beforeId as uuid)))
order by c.detected_at desc, c.id desc
limit :limit
