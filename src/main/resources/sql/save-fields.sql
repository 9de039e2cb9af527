-- Keeps what is known of a base's table, and those of its mapped fields of which something else was known.
with asked as (
  insert into reconciler.airtable_table as t
    (base_id, reference, table_id, table_name, allowed, asked_at)
  select :#${exchangeProperty.run.client.baseId}, :#${exchangeProperty.run.table.fields.tableReference},
    a.table_id, a.table_name, a.allowed, now()
  from jsonb_to_record(cast(:#${exchangeProperty.run.table.fields.saved.tableJson} as jsonb)) as a(
    table_id text, table_name text, allowed boolean)
  on conflict (base_id, reference) do update
  set table_id = excluded.table_id, table_name = excluded.table_name, allowed = excluded.allowed,
    asked_at = case when cast(:#${exchangeProperty.run.table.fields.age.isAsked} as boolean)
      then excluded.asked_at else t.asked_at end
)
insert into reconciler.field
  (base_id, table_reference, column_name, reference, field_id, field_name, field_type, computed,
   choices, missing_since, last_id, place)
select :#${exchangeProperty.run.client.baseId}, :#${exchangeProperty.run.table.fields.tableReference},
  f.column_name, f.reference, f.field_id, f.field_name, f.field_type, f.computed, f.choices, f.missing_since,
  f.last_id, f.place
from jsonb_to_recordset(cast(:#${exchangeProperty.run.table.fields.saved.fieldsJson} as jsonb)) as f(
  column_name text, reference text, field_id text, field_name text, field_type text,
  computed boolean, choices jsonb, missing_since timestamptz, last_id text, place text)
on conflict (base_id, table_reference, column_name) do update
set reference = excluded.reference, field_id = excluded.field_id, field_name = excluded.field_name,
  field_type = excluded.field_type, computed = excluded.computed,
  choices = excluded.choices, missing_since = excluded.missing_since,
  last_id = excluded.last_id, place = excluded.place
