-- The clients that have a record of that id in a table, as far as the engine knows; the row's own client is added.
select c.id from clients c
where (cast(:client as text) is null or c.airtable_base_id = :client or cast(c.id as text) = lower(cast(:client as text)))
  and c.id in (
  select client_id from reconciler.agreed_value where airtable_record_id = :record and table_name = :table
  union select client_id from reconciler.run_change where airtable_record_id = :record and table_name = :table
  ${rows})
