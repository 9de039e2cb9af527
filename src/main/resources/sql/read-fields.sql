-- What is known of a base's table and its mapped fields; once a day it is to be asked for again.
select cast(jsonb_build_object(
  'table', (select to_jsonb(t) || jsonb_build_object(
      'stale', t.asked_at not between now() - interval '1 day' and now() + interval '1 hour')
    from reconciler.airtable_table t where t.base_id = q.base_id and t.reference = q.reference),
  'fields', (select jsonb_agg(to_jsonb(f))
    from reconciler.field f where f.base_id = q.base_id and f.table_reference = q.reference)) as text)
from (values (:#${body.baseId}, :#${body.table})) as q (base_id, reference)
