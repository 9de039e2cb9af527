-- Whether the engine's schema was ever made here, and the portal's tables still stand.
select to_regclass('reconciler.schema_history') is not null
  and (
    select count(*) = case when :leads then 3 else 2 end from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = current_schema() and (c.relname = 'clients' or c.relname = 'leads' and :leads)
      or n.nspname = coalesce(cast(:users_schema as text), current_schema()) and c.relname = :users)
