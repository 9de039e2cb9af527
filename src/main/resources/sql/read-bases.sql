-- For which base each table of a run was reconciled last, and whether anything of it ever was.
select cast(coalesce(jsonb_agg(jsonb_build_object('table', n.name, 'base', w.base_id,
  'taken', exists (select from clients o where o.airtable_base_id = w.base_id and o.id <> c.id), 'begun',
  w.pulled_until is not null or w.pushed_until is not null or exists (
    select from reconciler.agreed_value a where a.client_id = c.id and a.table_name = n.name))), '[]') as text) as bases
from (values (cast(:#${exchangeProperty.run.client.id} as uuid))) c (id)
cross join jsonb_array_elements_text(cast(:#${exchangeProperty.run.tableNames} as jsonb)) n (name)
left join reconciler.watermark w on w.client_id = c.id and w.table_name = n.name
