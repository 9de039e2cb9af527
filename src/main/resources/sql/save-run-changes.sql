-- What a page changes, one row a record; what a push replaces is what was agreed on before.
insert into reconciler.run_change (run_id, client_id, table_name, airtable_record_id, kind, changes)
select r.run_id, r.client_id, r.table_name, r.airtable_record_id, r.kind,
  case when r.kind <> 'push' then r.changes
    else (
      select coalesce(jsonb_object_agg(c.key, jsonb_build_object(
          'from', (select case when jsonb_typeof(g.value -> c.key) = 'string' then to_jsonb(left(g.value ->> c.key, 2000))
              else g.value -> c.key end from jsonb_each(a.agreed) g where jsonb_exists(g.value, c.key) limit 1),
          'to', c.value -> 'to')), '{}')
      from jsonb_each(r.changes) c)
  end
from jsonb_to_recordset(cast(:#${body.runChanges} as jsonb)) as r(
  run_id uuid, client_id uuid, table_name text, airtable_record_id text, kind text, changes jsonb)
left join reconciler.agreed_value a on r.kind = 'push' and a.client_id = r.client_id and a.table_name = r.table_name
  and a.airtable_record_id = r.airtable_record_id
