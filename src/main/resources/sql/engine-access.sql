-- Whether the migrations were through once (agreed_value comes last), and whether this user may use it, make it and make the portal's tables.
select exists (select from pg_class where relnamespace = own.id and relname = 'agreed_value') as migrated,
  coalesce((
    select bool_and(has_schema_privilege(own.id, 'usage') and has_table_privilege(oid, 'select')
      and (relname = 'schema_history'
        or (has_table_privilege(oid, 'insert') and has_table_privilege(oid, 'update'))))
    from pg_class where relnamespace = own.id and relkind = 'r'), true) as may_use,
  case when own.id is null then has_database_privilege(current_database(), 'create')
    else has_schema_privilege(own.id, 'create') end as may_make_schema,
  coalesce(has_schema_privilege(current_schema(), 'create'), false) as may_make_tables,
  quote_ident(current_user) as username, quote_ident(current_database()) as database,
  quote_ident(current_schema()) as portal_schema, current_setting('search_path') as search_path
from (values (cast(to_regnamespace('reconciler') as oid))) own (id)
