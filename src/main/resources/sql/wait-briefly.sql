-- How long this transaction waits for a lock on a few leads; the setting ends with it.
select set_config('lock_timeout', '3s', true)
