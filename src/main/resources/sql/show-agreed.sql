-- What both sides last agreed on of a record, and its client.
select cast(json_build_object('agreed', a.agreed, 'intent', a.intent, 'pending', a.pending, 'client', a.client_id) as text)
from reconciler.agreed_value a
where a.airtable_record_id = :record and a.table_name = :table
  and (cast(:client as uuid) is null or a.client_id = cast(:client as uuid))
limit 1
