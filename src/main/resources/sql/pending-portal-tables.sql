-- Which of the portal's tables the first migrations are still to make.
select coalesce(string_agg(m.tables, ',' order by m.version), '')
from (values ('1', 'clients,leads'), ('4', 'users')) m (version, tables)
where m.version not in (select version from reconciler.schema_history where success and version is not null)
