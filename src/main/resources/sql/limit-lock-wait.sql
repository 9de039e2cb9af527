-- How long this transaction waits for each lock; the settings end with it. Its few statements find their rows by
-- index, and their plans are kept: one made while the tables were small would go on reading all of them.
select set_config('lock_timeout', :#${exchangeProperty.lockWait}, true),
  set_config('plan_cache_mode', 'force_generic_plan', true), set_config('enable_seqscan', 'off', true)
