-- What the dead letters, open or settled, are about: columns and field groups, with the tables that they are of.
select distinct d.table_name as in_table, d.field as name
from reconciler.dead_letter d
where cast(:table as text) is null or d.table_name = :table
