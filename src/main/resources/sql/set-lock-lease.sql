-- Ends the session, and its lock with it, when its process does not move for so long; unknown before PostgreSQL 14.
select set_config('idle_session_timeout', ?, false)
where current_setting('server_version_num')::integer >= 140000
