-- A page of the conflicts, the newest first: open ones, or all, with ids between these two and as the filters
-- want them; beside each what it is about, and the name of its lead.
select c.id, reconciler.iso_time(c.detected_at) as at,
  concat_ws(' ', c.airtable_record_id, c.field_group, c.status) as about,
  l.name as lead,
  cast(json_build_object(
    'id', c.id, 'clientId', c.client_id, 'baseId', k.airtable_base_id, 'runId', c.run_id,
    'table', c.table_name, 'stage', c.stage, 'recordId', c.airtable_record_id, 'fieldGroup', c.field_group,
    'policy', c.policy, 'winner', c.winner, 'agreed', c.agreed, 'airtable', c.airtable,
    'portal', c.portal, 'airtableModifiedAt', reconciler.iso_time(c.airtable_modified_at),
    'portalModifiedAt', reconciler.iso_time(c.portal_modified_at),
    'detectedAt', reconciler.iso_time(c.detected_at), 'status', c.status,
    'settledAt', reconciler.iso_time(c.settled_at), 'settledBy', c.settled_by)
    as text) as item
from reconciler.conflict c
left join clients k on k.id = c.client_id
left join ${rows} l on l.airtable_record_id = c.airtable_record_id and l.client_id = c.client_id
  and l.table_name = c.table_name
where c.id between :low and :high and (:all or c.status = 'open')
  and (cast(:names as jsonb) is null
    or (c.table_name, c.field_group) in (
      select n.in_table, n.name from jsonb_to_recordset(cast(:names as jsonb)) as n(in_table text, name text)))
  and (cast(:winner as text) is null or c.winner = :winner)
  and (cast(:reason as text) is null
    or strpos(lower(concat_ws(' ', c.policy, c.settled_by)), lower(cast(:reason as text))) > 0)
  and (cast(:client as text) is null or k.airtable_base_id = :client
    or cast(c.client_id as text) = lower(cast(:client as text)))
  and (cast(:table as text) is null or c.table_name = :table)
  and c.run_id between :runLow and :runHigh
  and (cast(:since as timestamptz) is null or c.detected_at >= cast(:since as timestamptz))
  and (cast(:beforeTime as timestamptz) is null
    or (c.detected_at, c.id) < (cast(:beforeTime as timestamptz), cast(:beforeId as uuid)))
order by c.detected_at desc, c.id desc
limit :limit
