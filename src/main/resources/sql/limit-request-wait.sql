-- How long this transaction of a request waits for a lock; the setting ends with it. Less, where DATABASE_URL says so.
select set_config('lock_timeout',
  case
    when cast(current_setting('lock_timeout') as interval) between interval '1 ms' and interval '4 s'
      then current_setting('lock_timeout')
    else '4s'
  end, true)
