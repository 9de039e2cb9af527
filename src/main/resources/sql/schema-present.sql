-- Whether the engine's schema was ever made here, and the portal's tables still stand.
select to_regclass('reconciler.schema_history') is not null
  and to_regclass('clients') is not null and to_regclass('leads') is not null
  and to_regclass('users') is not null
