-- What is known of a base's table, its mapped fields, the ids of all its tables, where its columns and the tables that its links point at are, the labels of its enums and which columns are of one, the columns that this user lacks a right on, and whether policies hide rows; once a day Airtable is to be asked again.
select cast(jsonb_build_object(
  'row_security', row_security_active(to_regclass(q.relation)),
  'denied', (select jsonb_agg(c.attname) from pg_attribute c
    where c.attrelid = to_regclass(q.relation) and c.attnum > 0 and not c.attisdropped
      and not (has_column_privilege(c.attrelid, c.attnum, 'select')
        and has_column_privilege(c.attrelid, c.attnum, 'insert')
        and has_column_privilege(c.attrelid, c.attnum, 'update'))),
  'table', (select to_jsonb(t) || jsonb_build_object(
      'stale', t.asked_at not between now() - interval '1 day' and now() + interval '1 hour',
      'recent', t.asked_at > now() - interval '10 minutes')
    from reconciler.airtable_table t where t.base_id = q.base_id and t.reference = q.reference),
  'fields', (select jsonb_agg(to_jsonb(f))
    from reconciler.field f where f.base_id = q.base_id and f.table_reference = q.reference),
  'table_ids', (select jsonb_object_agg(t.reference, t.table_id)
    from reconciler.airtable_table t where t.base_id = q.base_id),
  'places', (select jsonb_object_agg(c.attname, c.attrelid || '/' || c.attnum
      || coalesce('/' || cast(to_regclass(cast(q.targets as jsonb) ->> cast(c.attname as text)) as oid), ''))
    from pg_attribute c
    where c.attrelid = to_regclass(q.relation) and c.attnum > 0 and not c.attisdropped),
  'labelled', (with recursive col as (
      select a.attname, a.atttypid as type, false as list
      from pg_attribute a
      where a.attrelid = to_regclass(q.relation) and a.attnum > 0 and not a.attisdropped
      union all
      select c.attname, case d.typtype when 'd' then d.typbasetype else d.typelem end, c.list or d.typtype <> 'd'
      from col c join pg_type d on d.oid = c.type
      where d.typtype = 'd' or d.typcategory = 'A' and d.typelem <> 0 and not c.list)
    select jsonb_object_agg(col.attname, jsonb_build_object('type', n.nspname || '.' || t.typname, 'list', col.list,
      'labels', (select jsonb_agg(l.enumlabel order by l.enumsortorder) from pg_enum l where l.enumtypid = t.oid)))
    from col join pg_type t on t.oid = col.type and t.typtype = 'e' join pg_namespace n on n.oid = t.typnamespace),
  'enums', (select jsonb_object_agg(e.name, (select jsonb_agg(l.enumlabel order by l.enumsortorder)
      from pg_enum l where l.enumtypid = t.oid))
    from jsonb_array_elements_text(cast(q.enums as jsonb)) e (name)
    join pg_type t on t.typtype = 'e'
      and t.oid = to_regtype(case when position('.' in e.name) = 0 then quote_ident(e.name)
        else format('%I.%I', split_part(e.name, '.', 1), substr(e.name, position('.' in e.name) + 1)) end))) as text)
from (values (:#${body.baseId}, :#${body.table}, :#${body.enums}, :#${body.relation}, :#${body.targets})) as q (base_id, reference, enums, relation, targets)
