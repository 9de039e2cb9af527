-- How long this transaction waits for each lock; the setting ends with it.
select set_config('lock_timeout', :#${body.lockWait}, true)
