-- The field with the modification time goes by a name that no column can have: a table may have a mapped column of its
-- old one.
update reconciler.field set column_name = '@modified' where column_name = 'updated_at';
