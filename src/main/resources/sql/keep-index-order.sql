-- Rows come in the order of an index in this transaction. After a first load nothing is known of the table yet: to read some hundred
-- leads PostgreSQL would go through all of them and sort.
select set_config('enable_sort', 'off', true), set_config('enable_bitmapscan', 'off', true)
