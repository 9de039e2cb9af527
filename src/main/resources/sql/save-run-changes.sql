-- What a page changes, one row a record; what a push replaces is what was agreed on before.
insert into reconciler.run_change (run_id, client_id, table_name, airtable_record_id, kind, changes)
select run, client, name, r.record, r.kind,
  case when r.kind <> 'push' then coalesce(r.changes, '{}')
    else (
      select coalesce(jsonb_object_agg(c.key, jsonb_build_object(
          'from', (select case when jsonb_typeof(g.value -> c.key) = 'string' then to_jsonb(left(g.value ->> c.key, 2000))
              else g.value -> c.key end
            from reconciler.agreed_value a, jsonb_each(a.agreed) g
            where a.client_id = client and a.table_name = name and a.airtable_record_id = r.record
              and jsonb_exists(g.value, c.key) limit 1),
          'to', c.value -> 'to')), '{}')
      from jsonb_each(r.changes) c)
  end
from (values (cast(:#${body.runId} as uuid), cast(:#${body.clientId} as uuid), cast(:#${body.mapping.name} as text)))
    as p(run, client, name),
  jsonb_to_recordset(cast(:#${body.runChanges} as jsonb)) as r(record text, kind text, changes jsonb)
