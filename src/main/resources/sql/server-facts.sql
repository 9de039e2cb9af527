-- What the preflight wants to know of the server, and whether there is a table of clients yet.
select cast(current_setting('server_version_num') as integer) as version_number,
  current_setting('server_version') as version, current_setting('server_encoding') as encoding,
  current_setting('transaction_read_only') = 'on' as read_only,
  current_database() as database, current_user as username,
  extract(epoch from clock_timestamp()) as epoch_seconds,
  to_regclass(quote_ident(current_schema()) || '.clients') is not null as has_clients
