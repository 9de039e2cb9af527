-- What PostgreSQL made of a value that was written, where a trigger or the column's type altered it: by column, what
-- was written, what is held since, and whether the column was too narrow. It is agreed with that value of Airtable's and not written again.
alter table reconciler.agreed_value add column altered jsonb not null default '{}';
