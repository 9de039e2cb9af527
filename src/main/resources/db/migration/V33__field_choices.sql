-- The options of a select, for the dead letter of a value that is none of them.
alter table reconciler.field add choices jsonb not null default '[]';

-- They are asked for with the next run of each table.
update reconciler.airtable_table set asked_at = 'epoch';
