-- The tables that a run goes over, by the names of their mappings, in its order; of older runs nobody knows.
alter table reconciler.run add column table_names text[];
