-- A client, and where its table is in Airtable.
select cast(to_jsonb(c) || jsonb_build_object('table_id', (
  select t.table_id from reconciler.airtable_table t
  where t.base_id = c.airtable_base_id and t.reference = :table limit 1)) as text)
from clients c
where c.id = :client
