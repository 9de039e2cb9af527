-- The newest migration that was applied.
select version from reconciler.schema_history where success and version is not null
order by installed_rank desc limit 1
