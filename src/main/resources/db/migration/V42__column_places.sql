-- The table and the number that a field's column has in PostgreSQL's catalog: a column that was dropped and made anew
-- under its name has another one, and holds nothing that was ever agreed on.
alter table reconciler.field add column place text;
