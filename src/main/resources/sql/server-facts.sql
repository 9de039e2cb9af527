-- What the preflight wants to know of the server, and whether there is a table of clients yet.
select cast(current_setting('server_version_num') as integer) as version_number,
  current_setting('server_version') as version, current_setting('server_encoding') as encoding,
  current_setting('transaction_read_only') = 'on' as read_only, pg_is_in_recovery() as standby,
  (select source from pg_settings where name = 'default_transaction_read_only') as read_only_by,
  quote_ident(session_user) as quoted_role, quote_ident(current_database()) as quoted_database,
  current_database() as database, current_user as username,
  extract(epoch from clock_timestamp()) as epoch_seconds,
  to_regclass(quote_ident(current_schema()) || '.clients') is not null as has_clients
