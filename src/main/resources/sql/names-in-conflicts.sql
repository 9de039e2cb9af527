-- What the conflicts, open or settled, are about: field groups, with the tables that they are of.
select distinct c.table_name as in_table, c.field_group as name
from reconciler.conflict c
where cast(:table as text) is null or c.table_name = :table
